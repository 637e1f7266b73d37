"""Vouchers and transfers through the API."""
