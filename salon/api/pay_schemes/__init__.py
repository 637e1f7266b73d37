"""Schemes of staff pay through the API."""
