"""Vouchers: money that comes or goes without an invoice."""
