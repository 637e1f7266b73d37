"""Customers and how they are found."""
