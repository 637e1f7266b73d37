"""Levels of staff."""
