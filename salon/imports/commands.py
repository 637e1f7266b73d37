"""`salon import KIND FILE`."""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import click
from flask.cli import with_appcontext

from ..core import clock
from ..core.errors import DomainError
from .jobs import Report, run_import
from .mapping.queries import read_mapping
from .mapping.rules import Mapping
from .rules import Finding, Outcome
from .services import KINDS
from .sheets.queries import read_sheet

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


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
    """Bring in a CSV or Excel FILE of another program; doing it twice changes nothing."""
    try:
        mapping = read_mapping(mapping_file) if mapping_file else Mapping()
        report = _run(kind, file, mapping, dry_run)
    except DomainError as error:
        raise click.ClickException(f"{error.message} [{error.code}]") from error
    _tell(report, dry_run)
    if report_file:
        with report_file.open("w", encoding="utf-8-sig", newline="") as stream:
            write_report(report, stream)


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
    counts = [f"{report.outcomes[outcome]} {outcome}" for outcome in Outcome]
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
