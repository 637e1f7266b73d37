"""Statements of pay: live, approved, and what they hold."""
