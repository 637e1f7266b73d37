"""Tests of salon.cashbox.deposits."""
