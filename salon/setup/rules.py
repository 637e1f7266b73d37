"""What a profile must be. No database."""

MINUTES_OF_DAY = 24 * 60
WHOLE = 10_000  # basis points of all


def is_span_of_day(starts_at: int, ends_at: int) -> bool:
    """Whether two minutes after midnight make a span within one day."""
    return 0 <= starts_at < ends_at <= MINUTES_OF_DAY


def is_share(basis_points: int) -> bool:
    """Whether a number of basis points is a share of something."""
    return 0 <= basis_points <= WHOLE
