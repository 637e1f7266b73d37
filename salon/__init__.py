"""Salon: a Persian beauty salon with a customer club."""
