"""Tests of salon.invoices.outcomes."""
