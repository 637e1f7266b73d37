"""Tests of salon.club."""
