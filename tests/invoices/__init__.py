"""Tests of salon.invoices."""
