"""Whole salon days, told from morning to the audit."""
