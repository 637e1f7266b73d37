"""`python -m guards [TEXT…]`: takes guards away one at a time and prints which test noticed; 1 when none did."""

import sys
from collections.abc import Sequence

from sqlalchemy import make_url

from tests.postgres import libpq_address

from . import database, source
from .faults import Fault, OutOfDate
from .named import NAMED
from .running import Ground, prepared


def all_faults(ground: Ground) -> list[Fault]:
    """Everything that is taken away, in the order of the table."""
    sqlite, postgresql = (ground.templates[engine]["empty"] for engine in ("sqlite", "postgresql"))
    return [
        *database.in_sqlite(sqlite.removeprefix("sqlite:///")),
        *database.in_postgresql(libpq_address(make_url(postgresql))),
        *NAMED,
        *source.found_locks(ground.house),
        *source.found_permissions(ground.house),
    ]


def main(wanted: Sequence[str]) -> int:
    """Try every fault whose name holds one of the wanted texts, or all of them; gives the exit code."""
    unnoticed = 0
    with prepared() as ground:
        for fault in all_faults(ground):
            if wanted and not any(text in fault.name for text in wanted):
                continue
            try:
                noticed = ground.try_out(fault).test or "NOBODY NOTICED"
            except OutOfDate as wrong:
                noticed = f"OUT OF DATE: {wrong}"
            print(f"{fault.name:80} {noticed}", flush=True)
            unnoticed += not noticed.startswith("tests/")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
