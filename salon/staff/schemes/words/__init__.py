"""Schemes of pay in words."""
