"""Packages: sessions sold together at one price."""
