"""What issued invoices took off the shelf and put back."""
