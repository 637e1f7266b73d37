"""Tests of what customers made of their bookings."""
