"""Kinds of sale."""
