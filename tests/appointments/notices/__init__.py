"""Tests of the notices of bookings."""
