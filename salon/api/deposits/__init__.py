"""Deposits and on-account money through the API."""
