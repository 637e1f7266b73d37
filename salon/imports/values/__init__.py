"""What stands in a cell, as a value."""
