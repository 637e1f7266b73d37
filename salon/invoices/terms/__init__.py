"""What is said of a whole invoice: its discount, tips, rounding and kind of sale; and who shares a line."""
