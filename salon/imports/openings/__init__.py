"""What customers owed and had when the books were opened."""
