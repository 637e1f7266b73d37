"""What the services of a booking cost: touch-ups as agreed, the rest as it stands today."""
