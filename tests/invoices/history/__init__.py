"""Invoices of the past."""
