"""What the books say: boxes, debts, days, accounts."""
