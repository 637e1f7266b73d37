"""`salon import KIND FILE`: in batches, each a transaction of its own, so that the desk goes on working meanwhile."""

import csv
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import with_appcontext

from ..access.models import User
from ..core import clock
from ..core.db import db, is_postgresql, transaction
from ..core.errors import DomainError
from .mapping.queries import read_mapping
from .mapping.rules import Mapping, rows_of
from .queries import books, wait_for_others
from .rules import Books, Bundle, Did, Finding, Kind, Report, refusal_at
from .services import KINDS, store_bundle
from .sheets.queries import read_sheet
from .sheets.rules import Sheet

SOME_REFUSED = 3  # how the command ends when rows were refused; the others are in

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_BATCH = 100  # bundles: long enough to be quick, short enough that the desk need not wait
_TURN = 0.12  # seconds; a till that waits for SQLite's one writer looks again after 0.1 at the latest


@click.command("import")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("file", type=_FILE)
@click.option("--mapping", "mapping_file", type=_FILE, help="TOML file: foreign columns, dates, money scale, words.")
@click.option("--dry-run", is_flag=True, help="Try everything, keep nothing.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="CSV file for refused rows and warnings.",
)
@with_appcontext
def import_command(kind: str, file: Path, mapping_file: Path | None, dry_run: bool, report_file: Path | None) -> None:
    """Bring in a CSV or Excel FILE of another program; doing it twice changes nothing.

    Ends with 3 when rows were refused, with 1 when nothing could be read.
    """
    try:
        mapping = read_mapping(mapping_file) if mapping_file else Mapping()
        report = _run(kind, file, mapping, dry_run)
    except DomainError as error:
        raise click.ClickException(f"{error.message} [{error.code}]") from error
    _tell(report, dry_run)
    if report_file:
        with report_file.open("w", encoding="utf-8-sig", newline="") as stream:
            write_report(report, stream)
    if report.refused:
        raise click.exceptions.Exit(SOME_REFUSED)


def run_import(
    *,
    kind: Kind[Any],
    sheet: Sheet,
    mapping: Mapping,
    dry_run: bool = False,
    told: Callable[[int], None] = lambda rows: None,
    let_others: Callable[[], None] | None = None,
    actor: User | None = None,
    now: datetime,
) -> Report:
    """Bring a sheet in; a rehearsal (`dry_run`) does everything and rolls each batch back.

    `told` hears how many rows are done; `let_others` gives the desk its turn between batches. Raises Invalid.
    """
    rows, known = rows_of(sheet, mapping, kind.fields), books(actor=actor, now=now)
    plan = kind.plan(rows, known)
    report = Report(rows=len(rows), left_out=len(sheet.rows) - len(rows), refused=plan.refused, warnings=plan.warnings)
    told(len(rows) - sum(len(bundle.lines) for bundle in plan.bundles))
    for batch in _batches(plan.bundles, let_others or _let_others):
        with suppress(_NothingKept), transaction():
            _store(kind, batch, known, report, told)
            if dry_run:
                raise _NothingKept
    return report.in_order()


class _NothingKept(Exception):
    """Ends a batch of a rehearsal."""


def _batches(bundles: Sequence[Bundle[Any]], let_others: Callable[[], None]) -> Iterator[Sequence[Bundle[Any]]]:
    for begin in range(0, len(bundles), _BATCH):
        if begin:
            let_others()
        yield bundles[begin : begin + _BATCH]


def _let_others() -> None:
    """Stand back for as long as whoever waits may be asleep; PostgreSQL lets those who wait go first by itself."""
    if not is_postgresql():
        time.sleep(_TURN)


def _store(
    kind: Kind[Any], bundles: Sequence[Bundle[Any]], known: Books, report: Report, told: Callable[[int], None]
) -> None:
    wait_for_others()
    for bundle in bundles:
        try:
            stored = store_bundle(kind, bundle, known)
        except DomainError as error:
            report.refused += [refusal_at(line, error) for line in bundle.lines]
        else:
            report.outcomes[stored.outcome] += len(bundle.lines)
            report.warnings += stored.warnings
            if stored.remark:
                report.warnings.append(refusal_at(bundle.lines[0], stored.remark))
        told(len(bundle.lines))
    db.session.expunge_all()


def _run(kind: str, file: Path, mapping: Mapping, dry_run: bool) -> Report:
    sheet = read_sheet(file)
    with click.progressbar(length=len(sheet.rows), label=f"{kind}: {file.name}", file=sys.stderr) as bar:
        return run_import(
            kind=KINDS[kind],
            sheet=sheet,
            mapping=mapping,
            dry_run=dry_run,
            told=bar.update,
            now=clock.now(),
        )


def _tell(report: Report, dry_run: bool) -> None:
    """The whole report, to the error stream."""
    for what, findings in (("refused", report.refused), ("warning", report.warnings)):
        for finding in findings:
            click.echo(f"{what}: line {finding.line}: {finding.message} [{finding.code}]", err=True)
    counts = [f"{report.outcomes[outcome]} {outcome}" for outcome in Did]
    counts += [f"{len(report.refused)} refused", f"{len(report.warnings)} warnings"]
    if report.left_out:
        counts.append(f"{report.left_out} left out by the filter")
    ending = " Nothing of it was kept." if dry_run else ""
    click.echo(f"{report.rows} rows: {', '.join(counts)}.{ending}", err=True)


def write_report(report: Report, stream: IO[str]) -> None:
    """The findings as CSV: line, what (refused, warning), code, reason."""
    writer = csv.writer(stream)
    writer.writerow(["line", "what", "code", "reason"])
    writer.writerows(_lines("refused", report.refused))
    writer.writerows(_lines("warning", report.warnings))


def _lines(what: str, findings: Sequence[Finding]) -> list[tuple[int, str, str, str]]:
    return [(finding.line, what, finding.code, finding.message) for finding in findings]
