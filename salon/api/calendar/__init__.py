"""Calls by which a calendar is set up."""
