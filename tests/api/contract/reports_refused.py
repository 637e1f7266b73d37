"""One request for each code by which a report refuses."""

from collections.abc import Callable
from functools import partial

from .money_table import ROWS
from .till import Asked, Till


def _reversed(name: str, _till: Till) -> Asked:
    """Days that end before they begin."""
    return Asked("GET", f"/reports/{name}?from=2026-11-22&to=2026-11-21")


REPORTS_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    (f"GET /reports/{name}", "dates_reversed"): partial(_reversed, name) for name in ROWS
}
