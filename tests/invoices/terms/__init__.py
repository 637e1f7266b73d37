"""Tests of salon.invoices.terms."""
