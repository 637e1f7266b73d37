"""Statements of pay and their payments through the API."""
