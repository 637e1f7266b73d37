"""Tests of the salon, in the order of its packages."""
