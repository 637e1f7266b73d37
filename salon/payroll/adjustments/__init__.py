"""Bonuses and fines."""
