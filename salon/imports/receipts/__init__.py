"""Receipts of the past, as invoices."""
