"""Tests of what the services of a booking cost."""
