"""Shifts: from one counting of a till to the next."""
