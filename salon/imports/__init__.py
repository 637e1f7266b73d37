"""Bringing a salon in from other software, and from price lists."""
