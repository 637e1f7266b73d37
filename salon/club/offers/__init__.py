"""Earning rules."""
