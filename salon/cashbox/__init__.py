"""Boxes, shifts, and money that comes and goes."""
