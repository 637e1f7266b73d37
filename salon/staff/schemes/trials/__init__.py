"""Trying a scheme over work that was done: what it would have paid."""
