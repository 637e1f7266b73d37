"""The till: what the desk opens, what it saw when it took money, and old debts received."""
