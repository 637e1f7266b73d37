"""What services ask of their bookings: notice, days ahead, patch tests; and what a touch-up costs."""
