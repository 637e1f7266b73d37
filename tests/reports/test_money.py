"""Reports of a day's money: who bought, how it was paid, who owes, what was given away, and that the books balance."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zipfile import ZipFile

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from salon.cashbox.models import PaymentMethod
from salon.cashbox.rules import PaymentSpec
from salon.catalog.packages.services import PackageSpec, add_package
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.customers.models import Customer
from salon.invoices.checkout.services import settle
from salon.invoices.models import InvoiceLine, LineShare
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.reports.books.queries import OF_DAYS, accounts
from salon.reports.documents.queries import Asked, movements
from salon.reports.queries import REPORTS
from salon.reports.rules import Cell
from salon.staff.models import Line, LineMember
from tests.factories import SmallSalon, pay_cash, revenue

Login = Callable[[str], FlaskClient]
DAY = timedelta(days=1)
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


@pytest.fixture
def today(now: datetime) -> date:
    """The day of all sales."""
    return local_date(now)


def sold(salon: SmallSalon, now: datetime, **line: int | None) -> int:
    """A draft for Zahra: a cut by Sara for 1,000,000 rials unless said otherwise. Gives its id."""
    spec = LineSpec(**{"service_id": salon.cut, "staff_id": salon.sara, "unit_price": 1_000_000} | line)
    with transaction():
        return draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=[spec], actor_id=salon.desk_id, now=now)


@pytest.fixture
def busy(salon: SmallSalon, now: datetime) -> SmallSalon:
    """A cut paid in cash, a colour with a discount paid by card and left half owed."""
    pay_cash(salon, now, sold(salon, now), 1_000_000, "cut")
    colour = sold(salon, now, service_id=salon.color, staff_id=salon.negar, unit_price=3_000_000, discount=200_000)
    with transaction():
        paid = [PaymentSpec(PaymentMethod.CARD, 1_800_000)]
        settle(branch_id=salon.branch_id, invoice_id=colour, payments=paid, key="colour", actor_id=None, now=now)
    return salon


def rows(name: str, day: date) -> list[tuple[Cell, ...]]:
    """The rows of a report about a day."""
    return [row.cells for row in REPORTS[name].read(day, day + DAY).rows]


def test_the_boxes_hold_what_was_paid(busy: SmallSalon, today: date) -> None:
    assert rows("cash-balance", today) == [
        ("صندوق", 0, 1_000_000, 0, 1_000_000),
        ("کارتخوان", 0, 1_800_000, 0, 1_800_000),
        ("حساب بانکی", 0, 0, 0, 0),
    ]
    assert rows("cash-balance", today + DAY)[0] == ("صندوق", 1_000_000, 0, 0, 1_000_000)


def test_who_owes_is_told_with_what_she_bought_and_paid(busy: SmallSalon, today: date) -> None:
    assert rows("debtors", today) == [(busy.zahra, "1001", "زهرا کریمی", 0, 3_800_000, 2_800_000, 1_000_000)]
    assert rows("debtors", today - DAY) == []


@pytest.mark.parametrize("name", ["debtors", "services-by-customer"])
def test_people_know_customers_by_their_codes_and_programs_by_their_numbers(
    busy: SmallSalon, log_in: Login, today: date, name: str
) -> None:
    with transaction() as session:
        session.get_one(Customer, busy.zahra).code = "1083"
    owner, days = log_in("owner"), f"starts_on={today}&ends_on={today}"
    assert "<td>۱۰۸۳</td>" in owner.get(f"/reports/{name}?{days}").text
    heads, row = csv.reader(io.StringIO(owner.get(f"/reports/{name}.csv?{days}").data.decode("utf-8-sig")))
    assert (heads[0], row[0], row[1]) == ("کد", "1083", "زهرا کریمی")
    (told,) = REPORTS[name].read(today, today + DAY).as_rows()
    assert (told["customer_id"], told["code"]) == (busy.zahra, "1083")


def test_a_day_is_closed_by_its_sales_and_the_ways_of_its_money(busy: SmallSalon, today: date) -> None:
    assert rows("daily-close", today) == [(today, 3_800_000, 0, 0, 0, 0, 0, 1_000_000, 1_800_000, 0, 0, 0, 1_000_000)]


def test_each_rial_of_a_package_is_a_sale_once(salon: SmallSalon, now: datetime, today: date) -> None:
    # Today three cuts for 1,000,000 in cash and a cut of 450,000 by card; tomorrow one of the three is used.
    with transaction():
        package = add_package(spec=PackageSpec("سه کوتاهی", 1_000_000, 90, ((salon.cut, 3),)), actor=None, now=now)
    three = sold(salon, now, service_id=None, staff_id=None, unit_price=None, package_id=package)
    pay_cash(salon, now, three, 1_000_000, "three")
    pay_cash(salon, now, sold(salon, now, unit_price=450_000), 450_000, "cut")
    series = db.session.scalars(select(InvoiceLine.id).where(InvoiceLine.invoice_id == three)).one()
    visit = sold(salon, now + DAY, service_id=None, unit_price=None, series_line_id=series)
    with transaction():
        settle(branch_id=salon.branch_id, invoice_id=visit, payments=[], key="visit", actor_id=None, now=now + DAY)

    closed = [
        dict(zip((column.name for column in OF_DAYS), *rows("daily-close", day), strict=True))
        for day in (today, today + DAY)
    ]
    assert [(day["sales"], day["prepaid"], day["cash"], day["other"]) for day in closed] == [
        (450_000, 1_000_000, 1_450_000, 0),
        (333_333, -333_333, 0, 0),
    ]
    by_kind = [sum(amount for _kind, _count, amount in rows("sales-by-kind", day)) for day in (today, today + DAY)]
    assert by_kind == [450_000, 333_333]
    assert -revenue() == sum(by_kind)


def test_services_by_customer_count_pieces_and_rials(busy: SmallSalon, today: date) -> None:
    assert rows("services-by-customer", today) == [(busy.zahra, "1001", "زهرا کریمی", 2, 3_800_000)]


def test_a_kind_of_sale_counts_its_invoices_once_and_all_their_lines(
    salon: SmallSalon, now: datetime, today: date
) -> None:
    lines = [LineSpec(service_id=salon.cut, staff_id=salon.sara, unit_price=price) for price in (300_000, 200_000)]
    with transaction():
        written = draft(
            branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=salon.desk_id, now=now
        )
    pay_cash(salon, now, written, 500_000, "two lines")
    (row,) = rows("sales-by-kind", today)
    assert row[1:] == (1, 500_000)


def test_discounts_are_told_by_who_gave_them(busy: SmallSalon, today: date) -> None:
    assert rows("discounts", today) == [("سمیرا", 1, 200_000)]


def test_a_line_has_what_its_head_and_her_people_did(busy: SmallSalon, now: datetime, today: date) -> None:
    with transaction() as session:
        hair = Line(branch_id=busy.branch_id, name="مو", head_id=busy.sara)
        session.add(hair)
        session.flush()
        session.add(LineMember(line_id=hair.id, staff_id=busy.negar))
    assert rows("services-by-line", today) == [("مو", 2, 3_800_000, 0, 0)]


def test_a_line_of_two_is_divided_by_their_shares(salon: SmallSalon, now: datetime, today: date) -> None:
    written = sold(salon, now)
    with transaction() as session:
        line_id = session.query(InvoiceLine.id).filter_by(invoice_id=written).scalar()
        for person, part in ((salon.sara, 6_667), (salon.negar, 3_333)):
            session.add(LineShare(line_id=line_id, staff_id=person, share_bp=part))
    pay_cash(salon, now, written, 1_000_000, "both")
    pay = (0, 0)  # nobody is paid by schemes
    assert rows("services-by-staff", today) == [("سارا احمدی", 1, 666_700, *pay), ("نگار رضایی", 0, 333_300, *pay)]


def test_all_accounts_together_come_to_nothing_in_each_unit(busy: SmallSalon) -> None:
    for unit in ("IRR", "PTS"):
        assert sum(row["balance"] for row in accounts() if row["unit"] == unit) == 0
    assert [row["balance"] for row in accounts("cash")] == [1_000_000]
    assert {row["kind"] for row in accounts("cash")} == {"cash"}


def test_the_trial_balance_sums_to_nothing(busy: SmallSalon, today: date) -> None:
    found = REPORTS["trial-balance"].read(today, today + DAY)
    assert found.rows
    assert found.total == 0


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_a_page_and_three_files(busy: SmallSalon, log_in: Login, today: date, name: str) -> None:
    owner, days = log_in("owner"), f"starts_on={today}&ends_on={today}"
    shown = owner.get(f"/reports/{name}?{days}")
    assert (shown.status_code, str(REPORTS[name].title) in shown.text) == (200, True)
    table = owner.get(f"/reports/{name}.csv?{days}").data.decode("utf-8-sig")
    written = list(csv.reader(io.StringIO(table)))
    assert len(written) == 1 + len(REPORTS[name].read(today, today + DAY).rows)
    with ZipFile(io.BytesIO(owner.get(f"/reports/{name}.xlsx?{days}").data)) as sheet:
        assert 'rightToLeft="1"' in sheet.read("xl/worksheets/sheet1.xml").decode()
    assert owner.get(f"/reports/{name}.pdf?{days}").data.startswith(b"%PDF")


def test_a_sheet_ends_with_its_sums_and_is_printed_with_its_days(busy: SmallSalon, log_in: Login, today: date) -> None:
    answer = log_in("owner").get(f"/reports/cash-balance.xlsx?starts_on={today}&ends_on={today}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert [cell.value for cell in sheet[sheet.max_row]] == ["جمع", 0, 280_000, 0, 280_000]
    assert "1405" in sheet.oddHeader.center.text.translate(LATIN)


def test_a_figure_leads_to_its_documents(busy: SmallSalon, log_in: Login, today: date) -> None:
    owner, days = log_in("owner"), f"starts_on={today}&ends_on={today}"
    lines = owner.get(f"/reports/documents/lines?{days}&staff={busy.negar}").text
    assert "رنگ" in lines
    assert "کوتاهی" not in lines
    moved = owner.get(f"/reports/documents/movements?{days}&kind=cash").text
    assert "۱۰۰٬۰۰۰" in moved
    assert owner.get(f"/reports/documents/lines?{days}&customer={busy.zahra}&giver=0").status_code == 200


@pytest.mark.parametrize(
    ("name", "came", "went"),
    [("cash-balance", "in", "out"), ("debtors", "added", "paid"), ("trial-balance", "debit", "credit")],
)
def test_the_movements_behind_each_row_come_to_what_it_moved(
    busy: SmallSalon, today: date, name: str, came: str, went: str
) -> None:
    report = REPORTS[name].read(today, today + DAY)
    for row, told in zip(report.rows, report.as_rows(), strict=True):
        moved = movements(Asked(today, today + DAY, **row.by), 50, 0)
        assert sum(amount for amount, *_more in moved) == int(str(told[came])) - int(str(told[went]))


def test_a_day_of_the_daily_close_leads_to_its_invoices(busy: SmallSalon, log_in: Login, today: date) -> None:
    owner = log_in("owner")
    page = owner.get(f"/reports/daily-close?starts_on={today}&ends_on={today}").text
    (address,) = re.findall('href="(/invoices[?]day=[^"]+)"', page)
    assert "زهرا کریمی" in owner.get(address).text
    assert "زهرا کریمی" not in owner.get(address.replace(str(today), str(today - DAY))).text


def test_what_is_no_report_is_not_found(busy: SmallSalon, log_in: Login) -> None:
    owner = log_in("owner")
    for path in ("/reports/nothing", "/reports/nothing.csv", "/reports/discounts.csv?starts_on=x&ends_on=y"):
        assert owner.get(path).status_code == 404
