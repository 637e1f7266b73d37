"""Money received for old debts."""
