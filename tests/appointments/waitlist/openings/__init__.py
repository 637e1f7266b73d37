"""Tests of what opened."""
