"""The customers' own pages."""
