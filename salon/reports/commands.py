"""`salon report …`: reports for the shell and for other programs. Amounts are whole rials (or of the money scale)."""

import csv
import io
import json
from datetime import datetime

import click
from flask.cli import with_appcontext

from .queries import services_by_staff
from .rules import StaffReport

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("report")
def report() -> None:
    """Reports, as text, JSON or CSV."""


@report.command("services-by-staff")
@click.option("--from", "starts_on", type=_DAY, required=True, help="First day, YYYY-MM-DD.")
@click.option("--to", "ends_before", type=_DAY, required=True, help="The day after the last, YYYY-MM-DD.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@with_appcontext
def services_by_staff_command(starts_on: datetime, ends_before: datetime, form: str) -> None:
    """Pieces and amounts before tax by the person who did them."""
    found = services_by_staff(starts_on.date(), ends_before.date())
    written = {"text": as_text, "json": as_json, "csv": as_csv}[form](found)
    click.echo(written)


def as_json(found: StaffReport) -> str:
    """One line: `{"rows":[{"staff","quantity","amount"}],"total"}`."""
    rows = [{"staff": row.staff, "quantity": row.quantity, "amount": row.amount} for row in found.rows]
    return json.dumps({"rows": rows, "total": found.amount}, ensure_ascii=False)


def as_csv(found: StaffReport) -> str:
    """A row for each person, under column names."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["staff", "quantity", "amount"])
    writer.writerows((row.staff, row.quantity, row.amount) for row in found.rows)
    return stream.getvalue().rstrip("\n")


def as_text(found: StaffReport) -> str:
    """A table to look at, with the sums below."""
    lines = [(row.staff or "—", row.quantity, row.amount) for row in found.rows]
    lines.append(("Total", found.quantity, found.amount))
    width = max(len(name) for name, _, _ in lines)
    return "\n".join(f"{name:<{width}}  {quantity:>8,}  {amount:>18,}" for name, quantity, amount in lines)
