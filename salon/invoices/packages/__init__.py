"""Packages and prepaid series: sessions sold at once and used visit by visit."""
