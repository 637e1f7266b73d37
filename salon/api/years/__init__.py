"""Fiscal years through the API."""
