"""Real parts that play what stands outside the salon."""
