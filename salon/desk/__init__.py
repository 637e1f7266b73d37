"""The reception's one screen: the board, the customer beside it, and what needs attention."""
