"""One request for each code by which a report refuses."""

from collections.abc import Callable

from .money_table import ROWS
from .till import Asked, Till

REPORTS_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    (f"GET /reports/{name}", "dates_reversed"): lambda _till, name=name: Asked(
        "GET", f"/reports/{name}?from=2026-11-22&to=2026-11-21"
    )
    for name in ROWS
}
