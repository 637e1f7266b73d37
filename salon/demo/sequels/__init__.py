"""What happens in the demo's salon beside its visits: packages, goods, returns, awaited money, debtors."""
