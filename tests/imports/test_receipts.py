"""Receipts of the past become settled invoices, to the cent."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from salon.catalog.models import Service
from salon.catalog.services import add_product
from salon.club.wallet.queries import verify_lots, wallet_of
from salon.core.db import db, transaction
from salon.core.jalali import local_date
from salon.customers.models import Customer
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice, InvoiceLine, Payment
from salon.ledger.models import AccountKind, Entry
from salon.ledger.queries import balance, total, verify_journal
from salon.messaging.models import OutboxMessage
from salon.setup.models import FiscalYear
from salon.setup.queries import profile
from tests.factories import revenue
from tests.imports.conftest import counts, refusals, warnings

HEADS = "Receipt,Date,Description,Client,Staff,Quantity,Amount,GST,PST\n"
RECEIPTS = f"""{HEADS}10,03/15/2018,women's  HAIR cut,1001,sara,1,82,4.1,6.56
9,03/15/2018,Shampoo,1001,sara,3,100,5,8
9,03/15/2018,miscellaneous,1001,,1,-50,-2.5,-4
9,03/15/2018,Consultation,C2,negar,1,0,0,0
11,04/01/2018,Shampoo,C2,sara,-1,-50.4,-2.52,-4.032
11,04/01/2018,,C2,sara,2,28.8,1.44,2.304
12,04/02/2018,Consultation,C2,sara,1,0,0,0
"""
MAPPING = """
[columns]
number = "Receipt"
date = "Date"
description = "Description"
customer = "Client"
staff = "Staff"
quantity = "Quantity"
amount = "Amount"
tax = ["GST", "PST"]
[format]
date = "%m/%d/%Y"
money_scale = 100
"""


@pytest.fixture(autouse=True)
def codes(salon, bring_in, now):
    """Codes and names as the other program had them."""
    with transaction() as session:
        session.get(Service, salon.cut).name = "Women's hair cut"
        session.get(Customer, salon.zahra).code = "1001"
        add_product(name="Shampoo", price=5_040, code="SH", actor=None, now=now)
    bring_in("customers", "code,first_name\nC2,مینا\n")


def lines() -> list[tuple[object, ...]]:
    """Every line in the order of the invoices."""
    columns = (
        InvoiceLine.nature,
        InvoiceLine.quantity,
        InvoiceLine.unit_price,
        InvoiceLine.discount,
        InvoiceLine.net,
        InvoiceLine.tax,
    )
    asked = select(*columns).join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    return [tuple(row) for row in db.session.execute(asked.order_by(Invoice.id, InvoiceLine.position))]


def invoices() -> list[tuple[object, ...]]:
    """Year, number, day, total and status of every invoice, in the order in which they were issued."""
    columns = (Invoice.jalali_year, Invoice.number, Invoice.business_date, Invoice.total, Invoice.status)
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(Invoice.id))]


def books_are_in_order() -> bool:
    return not [*verify_journal(), *verify_lots(), *verify_invoices()]


def test_lines_are_what_they_are_and_no_cent_is_lost(bring_in):
    bring_in("invoices", RECEIPTS, MAPPING)
    assert lines() == [
        ("sale", 3, 3_334, 2, 10_000, 1_300),
        ("correction", 1, -5_000, 0, -5_000, -650),
        ("sale", 1, 0, 0, 0, 0),
        ("sale", 1, 8_200, 0, 8_200, 1_066),
        ("return", -1, 5_040, 0, -5_040, -655),
        ("sale", 2, 1_440, 0, 2_880, 374),
        ("sale", 1, 0, 0, 0, 0),
    ]


def test_each_customer_on_a_receipt_has_an_invoice_numbered_in_its_own_year(bring_in):
    report = bring_in("invoices", RECEIPTS, MAPPING)
    assert counts(report) == (7, 0, 0)
    assert invoices() == [
        (1396, 1, date(2018, 3, 15), 5_650, "settled"),
        (1396, 2, date(2018, 3, 15), 0, "settled"),
        (1396, 3, date(2018, 3, 15), 9_266, "settled"),
        (1397, 1, date(2018, 4, 1), -2_441, "settled"),
        (1397, 2, date(2018, 4, 2), 0, "settled"),
    ]
    assert warnings(report) == [
        (3, "receipt_shared"),
        (4, "unrecognised"),
        (5, "unrecognised"),
        (7, "unrecognised"),
        (8, "unrecognised"),
    ]


def test_things_are_recognised_by_their_names(bring_in, salon):
    bring_in("invoices", RECEIPTS, MAPPING)
    known = db.session.execute(
        select(InvoiceLine.description, InvoiceLine.service_id, InvoiceLine.product_id.is_not(None)).distinct()
    )
    assert {tuple(row) for row in known} == {
        ("women's HAIR cut", salon.cut, False),
        ("Shampoo", None, True),
        ("miscellaneous", None, False),
        ("Consultation", None, False),
        ("بدون شرح", None, False),
    }


def test_what_was_paid_before_stands_in_no_cashbox(bring_in):
    bring_in("invoices", RECEIPTS, MAPPING)
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
    assert balance(AccountKind.PRIOR_TAKINGS) == 5_650 + 9_266 - 2_441
    assert total(AccountKind.CASH) == 0
    assert revenue() == -(10_000 - 5_000 + 8_200 - 5_040 + 2_880)
    assert balance(AccountKind.TAX_PAYABLE) == -(1_300 - 650 + 1_066 - 655 + 374)
    assert set(db.session.scalars(select(Payment.method))) == {"prior"}
    assert db.session.scalars(select(OutboxMessage.id)).all() == []


def test_history_before_the_club_earns_nothing(bring_in, salon, now):
    bring_in("invoices", RECEIPTS, MAPPING)
    assert wallet_of(salon.zahra, now).lots == ()


def test_history_since_the_club_began_earns_by_its_own_day(bring_in, salon, now):
    with transaction():
        profile().club_starts_on = date(2018, 3, 1)
    day = local_date(now) - timedelta(days=3)
    text = f"{HEADS}1,{day:%m/%d/%Y},Shampoo,1001,sara,1,10000,0,0\n"
    bring_in("invoices", text, MAPPING)
    wallet = wallet_of(salon.zahra, now)
    assert wallet.points.balance == 40
    assert wallet.credit.balance == 50_000
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []


def test_receipts_come_once_and_a_changed_one_is_refused(bring_in):
    bring_in("invoices", RECEIPTS, MAPPING)
    before = (invoices(), db.session.scalar(select(func.count(Entry.id))))
    assert counts(bring_in("invoices", RECEIPTS, MAPPING)) == (0, 0, 7)
    changed = bring_in("invoices", RECEIPTS.replace("82,4.1", "83,4.1"), MAPPING)
    assert refusals(changed) == [(2, "import_changed")]
    assert (invoices(), db.session.scalar(select(func.count(Entry.id)))) == before


def test_half_a_receipt_is_no_receipt(bring_in):
    broken = RECEIPTS.replace("Shampoo,C2,sara,-1", "Shampoo,C2,nobody,-1").replace("sara,1,82", "sara,1.5,82")
    report = bring_in("invoices", broken, MAPPING)
    assert refusals(report) == [(2, "number_invalid"), (6, "staff_unknown"), (7, "receipt_incomplete")]
    assert [row[3] for row in invoices()] == [5_650, 0, 0]
    assert counts(bring_in("invoices", RECEIPTS, MAPPING)) == (3, 0, 4)


def test_a_receipt_numbered_in_persian_digits_is_as_whole_as_any(bring_in):
    broken = RECEIPTS.replace("11,04/01/2018,Shampoo,C2,sara", "۱۱,04/01/2018,Shampoo,C2,nobody")
    broken = broken.replace("11,04/01/2018,,", "۱۱,04/01/2018,,")
    report = bring_in("invoices", broken, MAPPING)
    assert refusals(report) == [(6, "staff_unknown"), (7, "receipt_incomplete")]
    assert (1397, 1, date(2018, 4, 2), 0, "settled") in invoices()


def test_a_broken_receipt_leaves_that_of_another_year_with_its_number_alone(bring_in):
    text = (
        f"{HEADS}5,03/15/2018,Shampoo,1001,nobody,1,5,0,0\n5,03/15/2018,Shampoo,C2,sara,1,5,0,0\n"
        "5,03/15/2019,Shampoo,1001,sara,1,7,0,0\n"
    )
    report = bring_in("invoices", text, MAPPING)
    assert refusals(report) == [(2, "staff_unknown"), (3, "receipt_incomplete")]
    assert [row[2:4] for row in invoices()] == [(date(2019, 3, 15), 700)]


def test_a_line_whose_day_nobody_can_read_breaks_every_receipt_of_its_number(bring_in):
    text = (
        f"{HEADS}5,15 March,Shampoo,1001,sara,1,5,0,0\n5,03/15/2018,Shampoo,1001,sara,1,5,0,0\n"
        "6,03/15/2018,Shampoo,1001,sara,1,7,0,0\n"
    )
    report = bring_in("invoices", text, MAPPING)
    assert refusals(report) == [(2, "day_invalid"), (3, "receipt_incomplete")]
    assert [row[3] for row in invoices()] == [700]


def test_a_line_without_a_number_breaks_the_receipt_it_stands_under(bring_in):
    text = (
        f"{HEADS}5,03/15/2018,Shampoo,1001,sara,1,5,0,0\n,,Consultation,,,1,900,0,0\n,,Shampoo,,,1,3,0,0\n"
        "6,03/15/2018,Shampoo,1001,sara,1,7,0,0\n"
    )
    report = bring_in("invoices", text, MAPPING)
    assert refusals(report) == [(2, "receipt_incomplete"), (3, "value_missing"), (4, "value_missing")]
    assert [row[3] for row in invoices()] == [700]


def test_the_amount_of_a_line_may_stand_in_several_columns(bring_in):
    text = (
        "Receipt,Date,Client,Description,Cash,Card,Discount,Coupon,Price\n"
        "1,1397/02/01,1001,Shampoo,100,200.5,,,\n2,1397/02/01,1001,Shampoo,,,30,20,450\n"
    )
    mapping = (
        '[columns]\nnumber = "Receipt"\ndate = "Date"\ncustomer = "Client"\ndescription = "Description"\n'
        'amount = ["Cash", "Card"]\ndiscount = ["Discount", "Coupon"]\nunit_price = "Price"\n'
        "[format]\nmoney_scale = 10\ndecimal_point = true"
    )
    bring_in("invoices", text, mapping)
    assert [row[3] for row in invoices()] == [3_005, 4_000]


def test_a_service_is_known_by_its_code_in_any_digits(bring_in, salon):
    with transaction() as session:
        session.get(Service, salon.cut).code = "101"
    bring_in("invoices", "شماره,تاریخ,مشتری,خدمت,مبلغ\n1,1397/02/01,1001,۱۰۱,500\n")
    assert db.session.scalars(select(InvoiceLine.service_id)).all() == [salon.cut]


def test_a_description_that_is_not_kept_whole_is_refused(bring_in):
    report = bring_in("invoices", f"{HEADS}1,03/15/2018,{'x' * 161},1001,sara,1,5,0,0\n", MAPPING)
    assert refusals(report) == [(2, "text_long")]


def test_a_rehearsal_says_everything_and_keeps_nothing(bring_in):
    rehearsed = bring_in("invoices", RECEIPTS, MAPPING, dry_run=True)
    assert invoices() == []
    done = bring_in("invoices", RECEIPTS, MAPPING)
    assert (counts(rehearsed), warnings(rehearsed)) == (counts(done), warnings(done))
    assert invoices()[0][:2] == (1396, 1)


def test_a_closed_year_takes_no_receipts(bring_in, now):
    bring_in("invoices", RECEIPTS, MAPPING)
    with transaction() as session:
        session.execute(update(FiscalYear).where(FiscalYear.jalali_year == 1396).values(closed=True))
    late = HEADS + "99,03/16/2018,Shampoo,1001,sara,1,5,0,0\n98,04/16/2018,Shampoo,1001,sara,1,5,0,0\n"
    late += "97,03/16/2018,Consultation,1001,sara,1,0,0,0\n"  # nothing to post, and no number to give
    report = bring_in("invoices", late, MAPPING)
    assert refusals(report) == [(2, "period_closed"), (4, "period_closed")]
    assert counts(report) == (1, 0, 0)
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []


def test_amounts_from_price_quantity_and_discount(bring_in):
    text = (
        "شماره,تاریخ,کد اشتراک,شرح,پرسنل,تعداد,فی,تخفیف,مالیات\n1,1397/02/01,1001,Shampoo,sara,2,۵۰٬۰۰۰,۱۰٬۰۰۰,۹٬۰۰۰\n"
    )
    bring_in("invoices", text)
    assert lines() == [("sale", 2, 45_000, 0, 90_000, 9_000)]
