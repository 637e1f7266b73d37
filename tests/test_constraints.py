"""What the database refuses whoever asks: a second row under one key, an amount that can't be. On both engines."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Executable, Table, UniqueConstraint, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from salon.app import create_app
from salon.appointments.rules import BookingItem
from salon.appointments.services import book
from salon.cashbox.models import BoxKind, CashCategory, Deposit, DepositUse, PaymentMethod, Shift, Voucher
from salon.cashbox.rules import PaymentSpec
from salon.cashbox.services import open_main_box
from salon.catalog.models import ListedPrice, Package, PackageItem, PriceList, Product, ServiceStaff
from salon.club.models import MemberCard, PackageBalance
from salon.club.wallet.services import open_balance
from salon.core.db import Base, db, rule_of, transaction
from salon.core.errors import DomainError
from salon.core.jalali import local_date
from salon.customers.models import CustomerGroup
from salon.inventory.models import StockMovement
from salon.invoices.checkout.services import settle
from salon.invoices.models import InvoiceLine, LineShare, PaymentOutcome, Receipt, Tip
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.invoices.till.services import draft_of_visit
from salon.ledger.models import AccountKind, Unit
from salon.ledger.rules import PostingSpec
from salon.ledger.services import post
from salon.messaging.models import GatewayAlarm
from salon.setup.models import SaleKind, TaxRate
from salon.staff.models import Line, LineMember, StaffLevel
from salon.years.models import FiscalYearAct
from tests.appointments.constraints import CALENDAR_CHECKS, lay_out_calendar
from tests.appointments.waiting_constraints import WAITING_CHECKS, let_them_wait
from tests.factories import SmallSalon
from tests.payroll.constraints import PAY_CHECKS, PAY_NEW_ROWS, pay_the_staff

assert create_app  # it names every table
# By the name of each rule: a change of a row that it refuses.
CHECKS = {
    "ck_account_unit": "UPDATE account SET unit = 'USD'",
    "ck_appointment_item_order": "UPDATE appointment_item SET ends_at = starts_at",
    "ck_invoice_line_net": "UPDATE invoice_line SET net = net - 1 WHERE invoice_id = 2",
    "ck_invoice_line_one_thing": "UPDATE invoice_line SET product_id = (SELECT min(id) FROM product) WHERE invoice_id = 2",
    "ck_invoice_number": "UPDATE invoice SET status = 'open' WHERE number IS NULL",
    "ck_cashbox_kind": "UPDATE cashbox SET kind = 'pocket'",
    "ck_cash_category_direction": "UPDATE cash_category SET direction = 'up'",
    "ck_deposit_remaining": "UPDATE deposit SET remaining = amount + 1",
    "ck_invoice_returns": "UPDATE invoice SET kind = 'return' WHERE number IS NULL",
    "ck_invoice_total": "UPDATE invoice SET total = total + 1 WHERE number IS NULL",
    "ck_line_member_share": "UPDATE line_member SET share_bp = 10001",
    "ck_line_share_share": "UPDATE line_share SET share_bp = 0",
    "ck_listed_price_one_thing": "UPDATE listed_price SET product_id = (SELECT min(id) FROM product), service_id = 1",
    "ck_listed_price_price": "UPDATE listed_price SET price = -1",
    "ck_lot_remaining": "UPDATE lot SET remaining = amount + 1",
    "ck_offer_percent": "UPDATE offer SET percent_bp = 10001",
    "ck_offer_steps": "UPDATE offer SET step_amount = -1",
    "ck_offer_usable_after": "UPDATE offer SET usable_after_days = -1",
    "ck_package_item_sessions": "UPDATE package_item SET sessions = 0",
    "ck_package_price": "UPDATE package SET price = -1",
    "ck_package_valid_days": "UPDATE package SET valid_days = 0",
    "ck_price_list_days": "UPDATE price_list SET starts_on = '2026-11-22', ends_on = '2026-11-21'",
    "ck_package_balance_sessions_left": "UPDATE package_balance SET sessions_left = -1",
    "ck_salon_profile_ceiling": "UPDATE salon_profile SET redeem_ceiling_bp = 10001",
    "ck_salon_profile_currency": "UPDATE salon_profile SET currency = 'dollar'",
    "ck_salon_profile_grid": "UPDATE salon_profile SET grid_minutes = 7",
    "ck_salon_profile_hold": "UPDATE salon_profile SET hold_minutes = 0",
    "ck_salon_profile_one_row": "UPDATE salon_profile SET id = 2",
    "ck_service_duration": "UPDATE service SET duration = 0",
    "ck_service_price": "UPDATE service SET price = -1",
    "ck_service_price_to": "UPDATE service SET price_to = price - 1",
    "ck_shift_closed": "UPDATE shift SET counted = 5",
    "ck_shift_counted": "UPDATE shift SET opening_counted = -1",
    "ck_tax_rate_rate": "UPDATE tax_rate SET rate_bp = 10001",
    "ck_tip_amount": "UPDATE tip SET amount = 0",
    "ck_working_hours_order": "UPDATE working_hours SET ends_at = starts_at",
    "ck_working_hours_weekday": "UPDATE working_hours SET weekday = 7",
    **CALENDAR_CHECKS,
    **PAY_CHECKS,
    **WAITING_CHECKS,
}
# Of what is never changed: a new row that it refuses.
NEW_ROWS: dict[str, tuple[str, dict[str, Any]]] = {
    "ck_deposit_amount": ("deposit", {"amount": 0, "remaining": 0}),
    "ck_deposit_use_amount": ("deposit_use", {"amount": 0}),
    "ck_fiscal_year_act_kind": ("fiscal_year_act", {"kind": "forgotten"}),
    "ck_fiscal_year_act_reason": ("fiscal_year_act", {"kind": "reopened", "reason": ""}),
    "ck_lot_spend_amount": ("lot_spend", {"amount": 0}),
    "ck_lot_unit": ("lot", {"unit": "USD"}),
    "ck_payment_amount": ("payment", {"amount": 0}),
    "ck_posting_amount": ("posting", {"amount": 0, "entry_id": 987}),
    "ck_stock_movement_quantity": ("stock_movement", {"quantity": 0}),
    "ck_voucher_amount": ("voucher", {"amount": 0}),
    "ck_voucher_to_cashbox": ("voucher", {"kind": "transfer", "to_cashbox_id": None}),
    **PAY_NEW_ROWS,
}
OTHER = {str: "other", date: date(2026, 1, 1)}  # the key of another row, by its type
KNOWN_ELSEWHERE = {"booking_too_long"}  # tests.appointments


def unique_rules() -> Iterator[tuple[str, Table, tuple[Column[Any], ...]]]:
    """Name, table and columns of whatever may be there only once, as the models say."""
    for table in Base.metadata.sorted_tables:
        for rule in sorted(table.constraints, key=lambda rule: str(rule.name)):
            if isinstance(rule, UniqueConstraint):
                yield str(rule.name), table, tuple(rule.columns)
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
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
        _set_up(salon, now)
        _keep_cash(salon, now)
        pay_the_staff(salon, now)
        let_them_wait(salon, now)
        lay_out_calendar(salon, now)
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


def _set_up(salon: SmallSalon, now: datetime) -> None:
    """A row of everything that prices, people and packages are set up with; shares and a tip on the draft."""
    hair = Line(branch_id=salon.branch_id, name="مو")
    listed, bridal = PriceList(name="همکاران"), Package(name="عروس", price=9_000_000, valid_days=90)
    rate = TaxRate(starts_on=local_date(now), rate_bp=1_000)
    names = [CustomerGroup(name="ویژه"), StaffLevel(name="ارشد"), SaleKind(name="در محل"), rate, hair, listed, bridal]
    db.session.add_all(names)
    db.session.flush()
    serum = db.session.scalars(select(Product.id)).first()
    draft_line = db.session.scalar(select(func.max(InvoiceLine.id)))
    assert draft_line is not None
    db.session.add_all(
        [
            LineMember(line_id=hair.id, staff_id=salon.sara, share_bp=2_000),
            ListedPrice(list_id=listed.id, service_id=salon.cut, price=400_000),
            ListedPrice(list_id=listed.id, product_id=serum, price=800_000),
            PackageItem(package_id=bridal.id, service_id=salon.cut, sessions=2),
            LineShare(line_id=draft_line, staff_id=salon.sara, share_bp=10_000),
            Tip(invoice_id=2, staff_id=salon.sara, amount=50_000),
            StockMovement(
                branch_id=salon.branch_id,
                product_id=serum,
                kind="in",
                quantity=5,
                business_date=local_date(now),
                recorded_at=now,
                idempotency_key="box of five",
            ),
        ]
    )
    db.session.flush()


def _keep_cash(salon: SmallSalon, now: datetime) -> None:
    """A row of everything that cash is kept by. The first entry stands for the one that moved it."""
    box = open_main_box(branch_id=salon.branch_id, kind=BoxKind.CASH)
    what = {"branch_id": salon.branch_id, "amount": 100, "business_date": local_date(now), "entry_id": 1}
    paid = {**what, "kind": "expense", "cashbox_id": box, "recorded_at": now, "fingerprint": "f" * 64}
    wrong = Voucher(**paid, idempotency_key="tea")
    keys = {"opening_key": "morning", "closing_key": "evening"}
    held = {"customer_id": salon.zahra, "remaining": 100, "method": "cash", "taken_at": now, "fingerprint": "f" * 64}
    deposit = Deposit(**what, **held, idempotency_key="bride")
    db.session.add_all([CashCategory(name="چای", direction="out"), wrong, deposit])
    db.session.flush()
    db.session.add_all(
        [
            Voucher(**paid, idempotency_key="tea again", reverses_id=wrong.id),
            DepositUse(deposit_id=deposit.id, entry_id=1, amount=100, purpose="kept"),
            FiscalYearAct(fiscal_year_id=1, kind="closed", at=now, entry_id=1, idempotency_key="winter"),
            Shift(cashbox_id=box, business_date=local_date(now), opened_at=now, opening_counted=0, **keys),
            PaymentOutcome(payment_id=1, came=True, recorded_at=now, entry_id=1),
            Receipt(
                branch_id=salon.branch_id,
                customer_id=salon.zahra,
                amount=100,
                received_at=now,
                idempotency_key="old debt",
                fingerprint="f" * 64,
                allocated=[],
            ),
        ]
    )
    db.session.flush()


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
    fresh: dict[Column[Any], Any] = {column: OTHER.get(column.type.python_type, 987) for column in others}
    fresh |= {column: "bank" for column in others if column.name == "kind"}  # a box is of a kind that there is
    if {column.name for column in columns} != {"branch_id", "kind"}:
        fresh |= {column: False for column in table.columns if column.name == "is_main"}
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
