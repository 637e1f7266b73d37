"""Tests of salon.club.wallet."""
