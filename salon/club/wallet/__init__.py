"""Lots of points and credit."""
