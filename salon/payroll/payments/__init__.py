"""Payments of statements out of the boxes."""
