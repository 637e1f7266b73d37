"""Tests of packages as they are offered."""
