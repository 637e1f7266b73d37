"""Who came without a booking, in the order in which they came."""
