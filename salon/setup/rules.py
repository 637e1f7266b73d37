"""What a profile must be. No database."""

WHOLE = 10_000  # basis points of all


def is_share(basis_points: int) -> bool:
    """Whether a number of basis points is a share of something."""
    return 0 <= basis_points <= WHOLE
