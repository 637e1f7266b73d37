"""Patch tests through the API."""
