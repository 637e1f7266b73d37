"""Schemes of staff pay: who is paid what for which work, from which day."""
