"""VAT by date."""
