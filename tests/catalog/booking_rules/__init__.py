"""Tests of what services ask of their bookings."""
