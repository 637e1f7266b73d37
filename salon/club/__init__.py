"""Offers, wallet and member cards."""
