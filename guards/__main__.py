"""`python -m guards [TEXT…]`: takes guards away one at a time and prints which test noticed; 1 when none did.

With texts, only guards whose name holds one of them. A fault that no longer fits the code, or whose tests fail without
it, is an error of this list: 2.
"""

import sys
import time
from collections.abc import Sequence

from sqlalchemy import make_url

from tests.postgres import libpq_address

from . import database, source
from .faults import Fault, OutOfDate
from .named import NAMED
from .running import Ground, prepared

NOTICED, UNNOTICED, OUT_OF_DATE = 0, 1, 2


def all_faults(ground: Ground) -> list[Fault]:
    """Everything that is taken away, in the order of the table."""
    sqlite, postgresql = (str(ground.templates[engine]["empty"]) for engine in ("sqlite", "postgresql"))
    return [
        *database.in_sqlite(sqlite.removeprefix("sqlite:///")),
        *database.in_postgresql(libpq_address(make_url(postgresql))),
        *NAMED,
        *source.found_locks(ground.house),
        *source.found_permissions(ground.house),
    ]


def main(wanted: Sequence[str]) -> int:
    """Try the wanted faults, or all of them; gives the exit code."""
    began, ended = time.monotonic(), []
    with prepared() as ground:
        faults = [fault for fault in all_faults(ground) if not wanted or any(text in fault.name for text in wanted)]
        try:
            ground.check_whole(faults)
        except OutOfDate as wrong:
            print(wrong)
            return OUT_OF_DATE
        for fault in faults:
            ended.append(_tried(ground, fault))
    minutes = (time.monotonic() - began) / 60
    print(f"{len(ended)} guards taken away, {ended.count(NOTICED)} noticed, in {minutes:.0f} minutes")
    return max(ended, default=NOTICED)


def _tried(ground: Ground, fault: Fault) -> int:
    try:
        test = ground.try_out(fault)
    except OutOfDate as wrong:
        print(f"✗ {fault.name}\n    {wrong}", flush=True)
        return OUT_OF_DATE
    print(f"{'·' if test else '✗'} {fault.name}\n    {test or 'nobody noticed'}", flush=True)
    return NOTICED if test else UNNOTICED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
