"""Fiscal years: opened, closed with what is left carried forward, reopened with a trace."""
