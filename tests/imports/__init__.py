"""Bringing a salon in."""
