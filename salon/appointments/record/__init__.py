"""What a customer made of her bookings: no-shows and late cancellations."""
