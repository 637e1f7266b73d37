"""Runs an import in batches, each in a transaction of its own, so that a broken one is simply started again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..access.models import User
from ..core.db import db, transaction
from ..core.errors import DomainError
from .mapping.rules import Mapping, rows_of
from .queries import books
from .rules import Books, Finding, Kind, Outcome, Unit, refusal_at
from .services import store_unit, wait_for_others
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

    def in_order(self) -> "Report":
        """The same, its findings by line."""
        for findings in (self.refused, self.warnings):
            findings.sort(key=lambda finding: finding.line)
        return self


class _NothingKept(Exception):
    """Ends a rehearsal."""


def run_import(
    *,
    kind: Kind[Any],
    sheet: Sheet,
    mapping: Mapping,
    dry_run: bool = False,
    told: Callable[[int], None] = lambda rows: None,
    actor: User | None = None,
    now: datetime,
) -> Report:
    """Bring a sheet in; `told` hears how many rows are done. Raises Invalid when the sheet lacks a column.

    A rehearsal (`dry_run`) does everything in one transaction and rolls it back.
    """
    rows, known = rows_of(sheet, mapping, kind.fields), books(actor=actor, now=now)
    plan = kind.plan(rows, known)
    report = Report(rows=len(rows), left_out=len(sheet.rows) - len(rows), refused=plan.refused, warnings=plan.warnings)
    told(len(rows) - sum(len(unit.lines) for unit in plan.units))
    if dry_run:
        with suppress(_NothingKept), transaction():
            _store(kind, plan.units, known, report, told)
            raise _NothingKept
    else:
        for batch in _batches(plan.units):
            with transaction():
                _store(kind, batch, known, report, told)
    return report.in_order()


def _batches(units: Sequence[Unit[Any]]) -> Iterator[Sequence[Unit[Any]]]:
    for begin in range(0, len(units), _BATCH):
        yield units[begin : begin + _BATCH]


def _store(
    kind: Kind[Any], units: Sequence[Unit[Any]], known: Books, report: Report, told: Callable[[int], None]
) -> None:
    wait_for_others()
    for unit in units:
        try:
            stored = store_unit(kind, unit, known)
        except DomainError as error:
            report.refused += [refusal_at(line, error) for line in unit.lines]
        else:
            report.outcomes[stored.outcome] += len(unit.lines)
            report.warnings += stored.warnings
        told(len(unit.lines))
    db.session.expunge_all()
