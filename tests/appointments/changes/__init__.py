"""Tests of the changes of bookings."""
