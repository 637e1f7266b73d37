"""Invoices from before this program kept the books."""
