"""What the database refuses whoever asks: a second row under one key, an amount that can't be. On both engines."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Executable, Table, UniqueConstraint, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from salon.app import create_app
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.catalog.models import Product, ServiceStaff
from salon.club.models import MemberCard, PackageBalance
from salon.club.wallet.services import open_balance
from salon.core.db import Base, db, rule_of, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.invoices.checkout.services import settle
from salon.invoices.models import PaymentMethod
from salon.invoices.rules import LineSpec, PaymentSpec
from salon.invoices.services import draft
from salon.invoices.till.services import draft_of_visit
from salon.ledger.models import AccountKind, Unit
from salon.ledger.rules import PostingSpec
from salon.ledger.services import post
from salon.messaging.models import GatewayAlarm
from tests.factories import SmallSalon

assert create_app  # it names every table
# By the name of each rule: a change of a row that it refuses.
CHECKS = {
    "ck_account_unit": "UPDATE account SET unit = 'USD'",
    "ck_appointment_item_order": "UPDATE appointment_item SET ends_at = starts_at",
    "ck_invoice_line_net": "UPDATE invoice_line SET net = net - 1 WHERE invoice_id = 2",
    "ck_invoice_line_one_thing": "UPDATE invoice_line SET product_id = (SELECT min(id) FROM product) WHERE invoice_id = 2",
    "ck_invoice_number": "UPDATE invoice SET status = 'open' WHERE number IS NULL",
    "ck_invoice_total": "UPDATE invoice SET total = total + 1 WHERE number IS NULL",
    "ck_lot_remaining": "UPDATE lot SET remaining = amount + 1",
    "ck_offer_percent": "UPDATE offer SET percent_bp = 10001",
    "ck_offer_steps": "UPDATE offer SET step_amount = -1",
    "ck_offer_usable_after": "UPDATE offer SET usable_after_days = -1",
    "ck_package_balance_sessions_left": "UPDATE package_balance SET sessions_left = -1",
    "ck_salon_profile_ceiling": "UPDATE salon_profile SET redeem_ceiling_bp = 10001",
    "ck_salon_profile_currency": "UPDATE salon_profile SET currency = 'dollar'",
    "ck_salon_profile_one_row": "UPDATE salon_profile SET id = 2",
    "ck_service_duration": "UPDATE service SET duration = 0",
    "ck_service_price": "UPDATE service SET price = -1",
    "ck_service_price_to": "UPDATE service SET price_to = price - 1",
    "ck_working_hours_order": "UPDATE working_hours SET ends_at = starts_at",
    "ck_working_hours_weekday": "UPDATE working_hours SET weekday = 7",
}
# Of what is never changed: a new row that it refuses.
NEW_ROWS: dict[str, tuple[str, dict[str, Any]]] = {
    "ck_lot_spend_amount": ("lot_spend", {"amount": 0}),
    "ck_lot_unit": ("lot", {"unit": "USD"}),
    "ck_payment_amount": ("payment", {"amount": 0}),
    "ck_posting_amount": ("posting", {"amount": 0, "entry_id": 987}),
}
KNOWN_ELSEWHERE = {"booking_too_long"}  # tests.appointments


def unique_rules() -> Iterator[tuple[str, Table, tuple[Column[Any], ...]]]:
    """Name, table and columns of whatever may be there only once, as the models say."""
    for table in Base.metadata.sorted_tables:
        for rule in sorted(table.constraints, key=lambda rule: str(rule.name)):
            if isinstance(rule, UniqueConstraint):
                yield str(rule.name), table, tuple(rule.columns)
        for index in table.indexes:
            if index.unique:
                yield str(index.name), table, tuple(index.columns)


UNIQUE = {name: (table, columns) for name, table, columns in unique_rules()}


@pytest.fixture
def full(salon: SmallSalon, now: datetime) -> SmallSalon:
    """The small salon with a row in every table."""
    with transaction() as session:
        session.add_all(
            [
                Product(code="7", name="رژ لب", category="", brand="", price=900_000, active=True),
                ServiceStaff(service_id=salon.cut, staff_id=salon.sara),
                PackageBalance(customer_id=salon.zahra, service_id=salon.cut, sessions_left=3, import_key="card-7"),
                MemberCard(customer_id=salon.zahra, number_hash="7" * 64, last_four="1827", issued_at=now),
                GatewayAlarm(gateway="kavenegar", code="418", message="", raised_at=now, paused_until=now),
            ]
        )
        _pay_a_visit(salon, now)
    with transaction() as session:
        session.execute(text("UPDATE appointment SET import_key = 'sheet-1'"))
        session.execute(text("UPDATE invoice SET import_key = 'sheet-1' WHERE number IS NULL"))
    return salon


def _pay_a_visit(salon: SmallSalon, now: datetime) -> None:
    """A visit paid in cash and with credit, an entry taken back, and so a row of everything that value moves by."""
    sale = (PostingSpec(AccountKind.CASH, 100), PostingSpec(AccountKind.REVENUE, -100))
    back = (PostingSpec(AccountKind.CASH, -100), PostingSpec(AccountKind.REVENUE, 100))
    day = {"branch_id": salon.branch_id, "business_date": local_date(now), "actor_id": None, "now": now}
    source: dict[str, Any] = {"kind": "sale", "source_kind": "customer", "source_id": 1, **day}
    wrong = post(idempotency_key="wrong", postings=sale, **source)
    post(idempotency_key="right", postings=back, reverses_id=wrong, **source)
    lot = {"customer_id": salon.zahra, "unit": Unit.RIAL, "amount": 50_000, "valid_from": now, "expires_at": None}
    open_balance(**lot, key="opening", **day)  # type: ignore[arg-type]  # as said
    visit = book(
        branch_id=salon.branch_id,
        customer_id=salon.zahra,
        starts_at=now + timedelta(days=2),
        items=[BookingItem(salon.cut, salon.sara)],
        actor=None,
        now=now,
    )
    written = draft_of_visit(appointment_id=visit.id, actor_id=None, now=now)
    paid = [PaymentSpec(PaymentMethod.CASH, 400_000)]
    settle(
        branch_id=salon.branch_id, invoice_id=written, payments=paid, credit=50_000, key="paid", actor_id=None, now=now
    )
    line = LineSpec(service_id=salon.cut, staff_id=salon.sara)
    assert (
        draft(branch_id=salon.branch_id, customer_id=salon.zahra, lines=[line], actor_id=None, now=now)
        == written + 1
        == 2
    )


def refusing(statement: Executable) -> str | None:
    """The rule by which the database refuses a statement, or None when it takes it."""
    try:
        with transaction() as session:
            session.execute(statement)
    except DBAPIError as error:
        return rule_of(error)
    except DomainError as refusal:
        assert isinstance(refusal.__cause__, DBAPIError)
        return rule_of(refusal.__cause__)
    return None


@pytest.mark.parametrize("rule", UNIQUE)
def test_a_second_row_under_the_same_key_is_refused(full: SmallSalon, rule: str) -> None:
    table, columns = UNIQUE[rule]
    second = insert(table).values(_row_like(table, columns))
    assert refusing(second) in {rule, "_".join(["uq", table.name, *(column.name for column in columns)])}


def _row_like(table: Table, columns: tuple[Column[Any], ...]) -> dict[str, Any]:
    """A row as there is one already, of another number; equal in these columns."""
    known = [column.is_not(None) for column in columns]
    row = db.session.execute(select(table).where(*known)).mappings().first()
    assert row, f"{table.name} has no row to be doubled"
    fresh = {name: value for name, value in _other_keys(table, columns).items() if row[name] is not None}
    return {**row, **fresh}


def _other_keys(table: Table, columns: tuple[Column[Any], ...]) -> dict[str, Any]:
    """Values for the keys of a row that are not in question, so that no other rule refuses it."""
    others = {column for _name, of_table, key in unique_rules() if of_table is table for column in key}
    fresh = {column: "other" if column.type.python_type is str else 987 for column in others}
    return {"id": 987, **{column.name: value for column, value in fresh.items() if column not in columns}}


@pytest.mark.parametrize("rule", CHECKS)
def test_what_cannot_be_is_refused(full: SmallSalon, rule: str) -> None:
    assert refusing(text(CHECKS[rule])) == rule


@pytest.mark.parametrize("rule", NEW_ROWS)
def test_what_cannot_be_is_not_written(full: SmallSalon, rule: str) -> None:
    name, wrong = NEW_ROWS[rule]
    table = Base.metadata.tables[name]
    assert refusing(insert(table).values(_row_like(table, ()) | wrong)) == rule


def test_each_rule_of_the_database_is_tried(app: object) -> None:
    catalogue = inspect(db.engine)
    found = {str(check["name"]) for table in Base.metadata.tables for check in catalogue.get_check_constraints(table)}
    assert found - KNOWN_ELSEWHERE == {*CHECKS, *NEW_ROWS}
