"""The money of the demo: every screen of the desk's money has something to show, and all of it is true."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from salon.cashbox.boxes.queries import boxes_of
from salon.cashbox.models import Deposit, PaymentMethod, Shift, Voucher, VoucherKind
from salon.catalog.models import PriceChange, PriceList, Service
from salon.club.cards.queries import customer_of_swipe
from salon.club.wallet.queries import verify_lots
from salon.core.db import db
from salon.core.jalali import local_date
from salon.customers.models import Customer
from salon.demo.people.rules import STAR_SWIPE
from salon.demo.terms.rules import CREWS, GROUPS, LISTS, fixed_of
from salon.inventory.models import MovementKind, StockMovement
from salon.inventory.queries import stock_of
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.debts.queries import debtors
from salon.invoices.models import (
    DebtContact,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceStatus,
    LineShare,
    Payment,
    PaymentOutcome,
    Receipt,
    Tip,
)
from salon.invoices.outcomes.queries import awaited
from salon.invoices.packages.queries import sessions_left
from salon.ledger.models import Entry
from salon.ledger.queries import verify_journal
from salon.reports.documents.rules import name_of
from salon.setup.models import Branch, SaleKind
from salon.staff.lines.queries import lines_of
from salon.staff.models import StaffMember
from tests.demo.facts import CARD_KEY, DAYS

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def count(*conditions: object) -> int:
    """How many rows there are of what is asked for."""
    return db.session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]  # of any table


def test_its_money_is_of_every_kind_and_its_books_hold(told: datetime) -> None:
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
    ways = set(db.session.scalars(select(Payment.method).distinct()))
    assert ways == set(PaymentMethod) - {PaymentMethod.PRIOR}
    assert set(db.session.scalars(select(Voucher.kind).distinct())) == set(VoucherKind)
    assert set(db.session.scalars(select(StockMovement.kind).distinct())) == set(MovementKind)


def test_its_tills_are_counted_day_by_day_and_today_is_open(told: datetime) -> None:
    shifts = db.session.scalars(select(Shift).order_by(Shift.id)).all()
    assert len(shifts) == DAYS + 1
    assert [shift.closed_at is None for shift in shifts] == [False] * DAYS + [True]
    off = [shift for shift in shifts if shift.difference]
    assert 0 < len(off) < DAYS / 2
    assert all(shift.explanation for shift in off)
    assert all(
        sum(int(value) * pieces for value, pieces in shift.pieces.items()) == shift.counted for shift in shifts[:-1]
    )
    assert any(of["slip"] != of["books"] for shift in shifts[:-1] for of in shift.terminals)
    assert all(box.balance >= 0 for box in boxes_of(1))


def test_what_was_sold_comes_back_is_corrected_and_called_off(told: datetime) -> None:
    returns = Invoice.kind == InvoiceKind.RETURN
    assert count(returns) > DAYS / 5
    assert count(Invoice.corrects_id.is_not(None), Invoice.status == InvoiceStatus.SETTLED) >= 1
    back = set(db.session.scalars(select(Payment.method).where(Payment.amount < 0).distinct()))
    assert {PaymentMethod.CASH, PaymentMethod.CREDIT, PaymentMethod.DEPOSIT} <= back


def test_money_is_awaited_some_came_and_who_owes_is_spoken_to(told: datetime) -> None:
    waiting = awaited(1, 1_000)
    assert {each.payment.method for each in waiting} == {PaymentMethod.CARD_TO_CARD, PaymentMethod.CHEQUE}
    assert all(each.due_on > local_date(told) for each in waiting if each.due_on)
    assert count(PaymentOutcome.came) > DAYS / 3
    owing = debtors(local_date(told), 1_000)
    assert len(owing) > 5
    assert any(debtor.promised_on for debtor in owing)
    assert count(DebtContact.id > 0) > 5
    assert count(Receipt.id > 0) > 0


def test_the_known_card_has_used_half_of_a_package(told: datetime) -> None:
    star = customer_of_swipe(STAR_SWIPE, CARD_KEY)
    (series,) = sessions_left(star, local_date(told))
    assert (series.quantity, series.used, series.left) == (6, 3, 3)


def test_deposits_lie_for_bookings_to_come_and_others_were_spent_or_kept(told: datetime) -> None:
    lying = db.session.scalars(select(Deposit).where(Deposit.remaining > 0)).all()
    assert any(deposit.appointment_id for deposit in lying)
    assert count(Deposit.remaining == 0) > 5
    assert count(Entry.kind == "deposit_kept") >= 1
    assert all(deposit.taken_at <= told for deposit in lying)


def test_it_has_groups_levels_lines_lists_kinds_and_branches(told: datetime) -> None:
    grouped = select(Customer.group_id).where(Customer.group_id.is_not(None)).distinct()
    assert len(db.session.scalars(grouped).all()) == len(GROUPS)
    assert count(StaffMember.level_id.is_(None)) == 0
    lines = lines_of(1)
    assert [len(line.members) for line in sorted(lines, key=lambda line: line.line.id)] == [
        1 + len(crew.members) for crew in CREWS
    ]
    assert count(PriceList.id > 0) == len(LISTS)
    assert count(Branch.active) == 2
    sold_as = db.session.scalars(select(Invoice.sale_kind_id).distinct()).all()
    assert len(sold_as) >= 3
    assert count(SaleKind.active) > 4


def test_lists_change_what_is_paid_and_prices_rose_once(told: datetime) -> None:
    assert count(InvoiceLine.list_id.is_not(None)) > DAYS
    raised = select(PriceChange.service_id).where(PriceChange.list_id.is_(None)).group_by(PriceChange.service_id)
    ids = db.session.scalars(raised.having(func.count() > 1)).all()
    names = set(db.session.scalars(select(Service.name).where(Service.id.in_(ids))))
    assert names == set(fixed_of(("رنگ و لایت", "ناخن")))


def test_tips_shared_lines_and_reasons_are_there(told: datetime) -> None:
    assert count(Tip.amount > 0) > 3
    assert count(LineShare.share_bp > 0) >= 2
    given = db.session.scalars(select(InvoiceLine.discount_reason).where(InvoiceLine.discount > 0)).all()
    assert given
    assert all(given)


def test_every_entry_of_it_has_a_name(told: datetime) -> None:
    kinds = db.session.execute(select(Entry.source_kind, Entry.kind).distinct()).all()
    assert len(kinds) > 12
    assert all(name_of(source, kind) for source, kind in kinds)


def test_no_shelf_is_emptier_than_nothing(told: datetime) -> None:
    goods = db.session.scalars(select(StockMovement.product_id).distinct()).all()
    assert min(stock_of(1, goods).values()) >= 0
