"""Boxes, shifts and receipts through the API."""
