"""Drafts, settlement and slips."""
