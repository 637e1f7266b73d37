"""What becomes of card-to-card money and cheques: seen in the account, or never come."""
