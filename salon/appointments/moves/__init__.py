"""Moving what is booked."""
