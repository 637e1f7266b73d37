"""Tests of salon.ledger."""
