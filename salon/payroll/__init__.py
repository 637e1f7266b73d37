"""Statements of staff pay: what each line earned her, bonuses and fines, approval and payment."""
