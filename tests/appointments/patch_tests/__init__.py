"""Tests of the patch_tests of bookings."""
