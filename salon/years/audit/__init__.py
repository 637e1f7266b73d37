"""Closed years held against the books."""
