"""Prices of her lists on the lines of an invoice."""
