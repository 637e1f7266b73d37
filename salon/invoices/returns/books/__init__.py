"""What a return writes: its own invoice, its settlements, the draft of a correction."""
