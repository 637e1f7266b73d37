"""Wallets and member cards through the API."""
