"""What the customer's price lists say to the lines of an invoice."""
