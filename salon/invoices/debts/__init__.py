"""Customers who owe: since when, what they promised, what they were told."""
