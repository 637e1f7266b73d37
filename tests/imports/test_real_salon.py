"""A whole real salon moves in, and every cent of it is there."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from salon.appointments.board.queries import booked_between
from salon.appointments.models import Appointment, AppointmentItem, AppointmentStatus, Occupancy
from salon.club.models import Lot
from salon.club.wallet.queries import verify_lots
from salon.core.db import db, transaction
from salon.core.jalali import local_date, start_of_day
from salon.imports.commands import run_import
from salon.imports.mapping.queries import read_mapping
from salon.imports.rules import Did, Report
from salon.imports.services import KINDS
from salon.imports.sheets.queries import read_sheet
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice, InvoiceLine
from salon.ledger.models import AccountKind, Entry
from salon.ledger.queries import balance, verify_journal
from salon.reports.sales.queries import services_by_staff
from salon.setup.services import init_salon
from salon.staff.models import StaffMember
from tests.factories import revenue
from tests.real_salon.__main__ import BOOKINGS, CANCELLATIONS, MAPPINGS, NO_SHOWS, RECEIPTS, STEPS
from tests.shared_data import shared_data

CENT = Decimal("0.01")


def rows_of(name: str) -> list[dict[str, str]]:
    """A file as it came."""
    with shared_data("real-salon", name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def move_in(now: datetime) -> Iterator[tuple[str, Report]]:
    for kind, file, mapping in STEPS:
        sheet = read_sheet(shared_data("real-salon", file))
        yield (
            kind,
            run_import(kind=KINDS[kind], sheet=sheet, mapping=read_mapping(MAPPINGS / f"{mapping}.toml"), now=now),
        )


@pytest.fixture
def moved(app: Flask, now: datetime) -> list[tuple[str, Report]]:
    """The salon after the move."""
    shared_data()
    with transaction():
        init_salon(name="سالن واقعی", actor=None, now=now)
    return list(move_in(now))


def test_every_row_comes_in_and_every_cent_adds_up(moved: list[tuple[str, Report]], now: datetime):
    assert [(kind, report.refused) for kind, report in moved if report.refused] == []
    _receipts_add_up()
    _report_adds_up()
    _bookings_are_all_there()
    _a_week_stands_on_the_board()
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
    assert db.session.scalar(select(func.count(Lot.id))) == 0  # history earns nothing
    _again_changes_nothing(now)


def _receipts_add_up() -> None:
    """Each line's tax is its two taxes together, rounded to the cent once."""
    rows = rows_of(RECEIPTS)
    amounts = sum(Decimal(row["Amount"]) for row in rows)
    exact = [Decimal(row["GST"]) + Decimal(row["PST"]) for row in rows]
    taxes = sum(int(abs(tax / CENT) + Decimal("0.5")) * (1 if tax >= 0 else -1) for tax in exact)
    kept = db.session.execute(select(func.count(), func.sum(InvoiceLine.net), func.sum(InvoiceLine.tax))).one()
    assert tuple(kept) == (len(rows), amounts / CENT, taxes)
    assert revenue() == -amounts / CENT
    assert balance(AccountKind.PRIOR_TAKINGS) == amounts / CENT + taxes
    assert balance(AccountKind.RECEIVABLE) == 0
    natures = dict(db.session.execute(select(InvoiceLine.nature, func.count()).group_by(InvoiceLine.nature)).all())
    assert natures["return"] == sum(int(row["Quantity"]) < 0 for row in rows)
    assert natures["correction"] == sum(Decimal(row["Amount"]) < 0 < int(row["Quantity"]) for row in rows)
    assert db.session.scalar(select(func.count(Invoice.id))) == len({(row["Receipt"], row["Client"]) for row in rows})


def _report_adds_up() -> None:
    quantities: defaultdict[str, int] = defaultdict(int)
    amounts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(RECEIPTS):
        quantities[row["Staff"]] += int(row["Quantity"])
        amounts[row["Staff"]] += Decimal(row["Amount"])
    report = services_by_staff(date(2018, 3, 1), date(2018, 8, 1))
    assert {row.cells[0]: (row.cells[1], int(str(row.cells[2])) * CENT) for row in report.rows} == {
        staff: (quantities[staff], amounts[staff]) for staff in quantities
    }
    assert report.total * CENT == sum(amounts.values())


def _bookings_are_all_there() -> None:
    missed, cancelled = len(rows_of(NO_SHOWS)), len(rows_of(CANCELLATIONS))
    by_status = select(Appointment.status, func.count(AppointmentItem.id)).join(
        AppointmentItem, AppointmentItem.appointment_id == Appointment.id
    )
    found = dict(db.session.execute(by_status.group_by(Appointment.status)).all())
    assert found == {
        AppointmentStatus.CANCELLED: cancelled,
        AppointmentStatus.NO_SHOW: missed,  # every one of them stood in the book
        AppointmentStatus.DONE: len(rows_of(BOOKINGS)) - missed,
    }
    holding = db.session.scalar(select(func.count(AppointmentItem.id)).where(AppointmentItem.active))
    assert holding == found[AppointmentStatus.DONE]


def _american(written: str) -> date:
    month, day, year = map(int, written.split("/"))
    return date(year, month, day)


def _a_week_stands_on_the_board() -> None:
    """Every booking of a week, with the person who had it, as long as its service or up to her next one."""
    first, before = date(2018, 5, 26), date(2018, 6, 2)
    days = [_american(row["Date"]) for row in rows_of(BOOKINGS)]
    codes = {person.id: person.code for person in db.session.scalars(select(StaffMember))}
    drawn = booked_between(first, before, 1)
    assert Counter((local_date(row.starts_at), codes[row.staff_id]) for row in drawn) == Counter(
        (day, row["Staff"]) for day, row in zip(days, rows_of(BOOKINGS), strict=True) if first <= day < before
    )
    hours = {row.service: row.ends_at - row.starts_at for row in drawn}
    assert {int(length.total_seconds()) // 60 for length in hours.values()} <= set(range(1, 241))
    taken = Counter((row.staff_id, row.starts_at, row.ends_at) for row in drawn if row.status == AppointmentStatus.DONE)
    held = select(Occupancy.staff_id, Occupancy.starts_at, Occupancy.ends_at)
    within = Occupancy.starts_at >= start_of_day(first), Occupancy.starts_at < start_of_day(before)
    assert Counter(map(tuple, db.session.execute(held.where(*within)))) == taken


def _again_changes_nothing(now: datetime) -> None:
    counted = [select(func.count(table.id)) for table in (Entry, Invoice, Appointment, AppointmentItem)]
    before = [db.session.scalar(question) for question in counted]
    for _, report in move_in(now):
        assert report.outcomes[Did.ADDED] == report.outcomes[Did.CHANGED] == 0
    assert [db.session.scalar(question) for question in counted] == before
