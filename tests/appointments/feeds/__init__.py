"""Tests of calendars for phones."""
