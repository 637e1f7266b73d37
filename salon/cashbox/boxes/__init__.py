"""Boxes and bank accounts, and what each holds."""
