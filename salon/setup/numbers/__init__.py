"""Numbers and codes that the salon gives: one after the other, never twice."""
