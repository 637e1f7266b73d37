"""Invoices and their settlement through the API."""
