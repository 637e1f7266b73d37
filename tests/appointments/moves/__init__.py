"""Tests of moving and stretching bookings."""
