"""Stock: what came, went, was used and was counted."""
