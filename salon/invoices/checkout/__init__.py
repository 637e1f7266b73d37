"""Checkout: the one transaction that settles an invoice."""
