"""Rows by our fields."""
