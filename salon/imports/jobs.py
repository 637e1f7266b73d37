"""Runs an import in batches, each in a transaction of its own, so that a broken one is simply started again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any

from ..access.models import User
from ..core.db import db, transaction
from ..core.errors import DomainError
from .mapping.rules import Mapping, rows_of
from .queries import books
from .rules import Books, Finding, Kind, Outcome, Unit, refusal_at
from .services import store_unit
from .sheets.queries import Sheet

_BATCH = 200  # units: long enough to be quick, short enough that the desk need not wait


@dataclass
class Report:
    """What came of an import. Counts are rows of the file."""

    rows: int = 0
    left_out: int = 0  # by the filter
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    refused: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


class _NothingKept(Exception):
    """Ends a rehearsal."""
