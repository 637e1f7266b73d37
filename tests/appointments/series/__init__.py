"""Tests of the series of bookings."""
