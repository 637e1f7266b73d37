"""Magnetic stripe readers."""
