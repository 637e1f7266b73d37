"""Tests of salon.invoices.checkout."""
