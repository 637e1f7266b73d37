"""Tests of salon.cashbox."""
