"""What people did and cost: productivity, and who bears discounts and credit."""
