"""The audit of returns against the sales that they take back."""
