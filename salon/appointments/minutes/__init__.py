"""Arithmetic of free and taken minutes."""
