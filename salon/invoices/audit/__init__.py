"""Invoices against the ledger."""
