"""Customers through the API."""
