"""`salon report …`: reports for the shell and for other programs. Amounts are whole rials (or of the money scale)."""

import json
from datetime import datetime

import click
from flask.cli import with_appcontext

from .files.services import as_csv
from .queries import REPORTS
from .rules import Cell, Kind, Report

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("report")
def report() -> None:
    """Reports, as text, JSON or CSV."""


@click.command()
@click.option("--from", "starts_on", type=_DAY, required=True, help="First day, YYYY-MM-DD.")
@click.option("--to", "ends_before", type=_DAY, required=True, help="The day after the last, YYYY-MM-DD.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.pass_context
@with_appcontext
def _command(context: click.Context, starts_on: datetime, ends_before: datetime, form: str) -> None:
    found = REPORTS[str(context.info_name)].read(starts_on.date(), ends_before.date())
    click.echo({"text": as_text, "json": as_json, "csv": as_csv}[form](found).rstrip("\n"))


for _name in REPORTS:
    report.add_command(_command, _name)


def as_json(found: Report) -> str:
    """One line: `{"rows":[…],"total"}`."""
    return json.dumps({"rows": found.as_rows(), "total": found.total}, ensure_ascii=False, default=str)


def as_text(found: Report) -> str:
    """A table to look at, with the sums below."""
    numbers = [column.kind in {Kind.COUNT, Kind.MONEY, Kind.PERCENT} for column in found.columns]
    sums = [f"{found.sum_of(column.name):,}" if column.has_sum else "" for column in found.columns]
    table = [[_as_text(cell) for cell in row.cells] for row in found.rows]
    table.append(["Total", *sums[1:]])
    widths = [max(len(line[place]) for line in table) for place in range(len(sums))]
    return "\n".join(
        "  ".join(
            f"{cell:>{width}}" if number else f"{cell:<{width}}"
            for cell, width, number in zip(line, widths, numbers, strict=True)
        )
        for line in table
    )


def _as_text(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell or "—")
