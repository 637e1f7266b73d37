"""Trying a scheme of pay over the sales of some days; nothing is written."""
