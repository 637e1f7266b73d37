"""Stock moved by invoices."""
