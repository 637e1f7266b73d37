"""From foreign columns to our fields."""
