"""What the demo's visits cost and how they are paid."""
