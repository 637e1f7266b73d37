"""Tests of salon.club.cards."""
