"""Tests of salon.years."""
