"""Visits that did not take place."""
