"""What a return goes by: the sale as it stands, what was paid, what it earned; and what was returned before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from ...cashbox.models import Deposit, DepositUse, PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...club.models import Lot, LotSpend
from ...club.wallet.services import ACCOUNTS_OF
from ...core.db import db
from ...customers.models import Customer
from ...customers.queries import NAMELESS
from ...ledger.models import Account, Entry, Posting, Unit
from ..errors import invoice_unknown
from ..models import Invoice, InvoiceLine, Payment, PaymentOutcome, Settlement
from ..packages.queries import SESSIONS_USED
from .lines.rules import SoldLine
from .rules import Standing

_BACK = aliased(Invoice, name="back")
_SOLD = aliased(Invoice, name="sold")
_BACK_LINE = aliased(InvoiceLine, name="back_line")


def _returned(column: Any) -> ColumnElement[int]:
    """What earlier returns took of a column of the sale; positive for what went back."""
    taken = select(func.coalesce(func.sum(-column), 0)).where(_BACK.returns_id == Invoice.id)
    return taken.scalar_subquery()


# Sessions that are used earn nothing, so what a sale earned is held against the rest of it.
_USES_NET = (
    select(func.coalesce(func.sum(InvoiceLine.net), 0))
    .where(InvoiceLine.invoice_id == Invoice.id, InvoiceLine.series_line_id.is_not(None))
    .scalar_subquery()
)
_USES_BACK = (
    select(func.coalesce(func.sum(-_BACK_LINE.net), 0))
    .join(_BACK, _BACK.id == _BACK_LINE.invoice_id)
    .where(_BACK.returns_id == Invoice.id, _BACK_LINE.series_line_id.is_not(None))
    .scalar_subquery()
)
_STANDING: Executable = (
    select(
        Invoice.id,
        Invoice.branch_id,
        Invoice.customer_id,
        Invoice.kind,
        Invoice.status,
        Invoice.number,
        Invoice.business_date,
        Invoice.net - _USES_NET,
        Invoice.tips,
        Invoice.total,
        Invoice.paid,
        Invoice.offer_terms,
        Customer.is_member,
        NAMELESS,
        _returned(_BACK.net) - _USES_BACK,
        _returned(_BACK.total - _BACK.tips),
    )
    .join(Customer, Customer.id == Invoice.customer_id)
    .where(Invoice.id == bindparam("invoice"))
)


def _back_of(column: Any) -> ColumnElement[int]:
    taken = select(func.coalesce(func.sum(-column), 0)).where(_BACK_LINE.returns_line_id == InvoiceLine.id)
    return taken.scalar_subquery()


_LINES: Executable = (
    select(
        InvoiceLine.id,
        InvoiceLine.nature,
        InvoiceLine.description,
        InvoiceLine.product_id,
        InvoiceLine.quantity,
        InvoiceLine.unit_price,
        InvoiceLine.discount,
        InvoiceLine.shared_discount,
        InvoiceLine.tax,
        InvoiceLine.net,
        _back_of(_BACK_LINE.quantity),
        SESSIONS_USED,
        _back_of(_BACK_LINE.discount),
        _back_of(_BACK_LINE.shared_discount),
        InvoiceLine.series_line_id.is_not(None),
    )
    .where(InvoiceLine.invoice_id == bindparam("invoice"))
    .order_by(InvoiceLine.position, InvoiceLine.id)
)
# Money that was unconfirmed lies in the bank once it was seen there.
_ARRIVED = PaymentOutcome.came.is_(True)
_METHOD = case((_ARRIVED, PaymentMethod.TRANSFER.value), else_=Payment.method)
_BOX = case((_ARRIVED, func.coalesce(PaymentOutcome.cashbox_id, Payment.cashbox_id)), else_=Payment.cashbox_id)
_PAYMENTS = (
    select(_METHOD, _BOX, Payment.staff_id, Payment.reference, Payment.due_on, func.sum(Payment.amount))
    .join(Settlement, Settlement.id == Payment.settlement_id)
    .outerjoin(PaymentOutcome, PaymentOutcome.payment_id == Payment.id)
    .where(Payment.method != PaymentMethod.RETURN.value)
    .group_by(_METHOD, _BOX, Payment.staff_id, Payment.reference, Payment.due_on)
    .order_by(func.min(Payment.id))
)
_OF_RETURNS = Entry.source_id.in_(select(Invoice.id).where(Invoice.returns_id == bindparam("invoice")))
_INVOICE_ENTRIES = Entry.source_kind == "invoice"


@dataclass(frozen=True)
class Earned:
    """Club value that a sale earned, in one unit."""

    unit: Unit
    amount: int  # without what expired unused
    clawed: int  # by earlier returns
    lots: tuple[int, ...]


@dataclass(frozen=True)
class Award:
    """What a sale earned, and what of it had been returned by then."""

    earned: tuple[Earned, ...]
    returned_before: int  # rials before tax that had gone back when it earned


def standing(invoice_id: int) -> Standing:
    """The sale as it stands now. Raises NotFound `invoice_unknown`."""
    row = db.session.connection().execute(_STANDING, {"invoice": invoice_id}).one_or_none()
    if row is None:
        raise invoice_unknown()
    return Standing(*_whole(row))


def sold_lines(invoice_id: int) -> list[SoldLine]:
    """The lines of the sale with what went back of them."""
    rows = db.session.connection().execute(_LINES, {"invoice": invoice_id})
    return [SoldLine(*_whole(row)) for row in rows]


def _whole(row: Any) -> list[Any]:
    """The row with plain numbers where PostgreSQL sums wide."""
    return [int(value) if isinstance(value, Decimal) else value for value in row]


def paid_by(invoice_id: int) -> dict[PaymentSpec, int]:
    """What was paid of the sale by each way, in rials; ways are payments of no amount."""
    return _purse(Settlement.invoice_id == invoice_id)


def refunded_by(invoice_id: int) -> dict[PaymentSpec, int]:
    """What earlier returns of the sale paid back by each way."""
    back = select(Invoice.id).where(Invoice.returns_id == invoice_id)
    return {way: -amount for way, amount in _purse(Settlement.invoice_id.in_(back)).items()}


def _purse(whose: ColumnElement[bool]) -> dict[PaymentSpec, int]:
    rows = db.session.execute(_PAYMENTS.where(whose))
    return {
        PaymentSpec(PaymentMethod(method), 0, box, staff, reference, due_on): int(amount)
        for method, box, staff, reference, due_on, amount in rows
    }


def turned_money(invoice_id: int) -> dict[PaymentMethod, int]:
    """Rials that were paid as money and came back otherwise: as lots of credit without an end, as on-account money."""
    mine = (_INVOICE_ENTRIES, Entry.kind == "payment", _OF_RETURNS)
    credit = select(func.sum(Lot.amount)).join(Entry, Entry.id == Lot.entry_id).where(*mine, Lot.expires_at.is_(None))
    account = select(func.sum(Deposit.amount)).join(Entry, Entry.id == Deposit.entry_id).where(*mine)
    amounts = {
        method: db.session.execute(amount, {"invoice": invoice_id}).scalar_one()
        for method, amount in ((PaymentMethod.CREDIT, credit), (PaymentMethod.DEPOSIT, account))
    }
    return {method: int(amount) for method, amount in amounts.items() if amount}


def credit_taken(invoice_id: int) -> list[tuple[int, int]]:
    """The (lot id, rials) parts of credit that paid the sale, in order."""
    rows = (
        select(LotSpend.lot_id, LotSpend.amount)
        .join(Entry, Entry.id == LotSpend.entry_id)
        .where(_INVOICE_ENTRIES, Entry.kind == "payment", Entry.source_id == invoice_id, LotSpend.amount > 0)
        .order_by(LotSpend.id)
    )
    return [(lot, int(amount)) for lot, amount in db.session.execute(rows)]


def deposits_taken(invoice_id: int) -> list[tuple[int, int]]:
    """The (deposit id, rials) parts of deposits that paid the sale, in order."""
    rows = (
        select(DepositUse.deposit_id, DepositUse.amount)
        .join(Entry, Entry.id == DepositUse.entry_id)
        .where(_INVOICE_ENTRIES, Entry.source_id == invoice_id, DepositUse.amount > 0)
        .order_by(DepositUse.id)
    )
    return [(deposit, int(amount)) for deposit, amount in db.session.execute(rows)]


def award_of(invoice_id: int, now: datetime) -> Award | None:
    """What the sale earned, or None when it has not earned."""
    entry_id = db.session.scalar(select(Entry.id).where(Entry.idempotency_key == f"invoice:{invoice_id}:award"))
    if entry_id is None:
        return None
    lots = db.session.execute(select(Lot.id, Lot.unit, Lot.amount).where(Lot.entry_id == entry_id).order_by(Lot.id))
    mine: dict[str, list[tuple[int, int]]] = {}
    for lot, unit, amount in lots:
        mine.setdefault(unit, []).append((lot, int(amount)))
    earned = tuple(_earned(Unit(unit), rows, invoice_id, now) for unit, rows in mine.items())
    return Award(earned, _returned_before(invoice_id, entry_id))


def _earned(unit: Unit, lots: Sequence[tuple[int, int]], invoice_id: int, now: datetime) -> Earned:
    ids = tuple(lot for lot, _amount in lots)
    lost = _expired_of(ids, now)
    return Earned(unit, sum(amount for _lot, amount in lots) - lost, _clawed(unit, invoice_id), ids)


def _expired_of(lots: Sequence[int], now: datetime) -> int:
    """What of these lots was never used in its days: written off, or about to be."""
    written_off = (
        select(func.coalesce(func.sum(LotSpend.amount), 0))
        .join(Entry, Entry.id == LotSpend.entry_id)
        .where(LotSpend.lot_id.in_(lots), Entry.kind == "expiry")
    )
    over = select(func.coalesce(func.sum(Lot.remaining), 0)).where(Lot.id.in_(lots), Lot.expires_at <= now)
    return int(db.session.execute(written_off).scalar_one()) + int(db.session.execute(over).scalar_one())


def _clawed(unit: Unit, invoice_id: int) -> int:
    hers, _ours = ACCOUNTS_OF[unit]
    taken = (
        select(func.coalesce(func.sum(Posting.amount), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(_INVOICE_ENTRIES, Entry.kind == "clawback", _OF_RETURNS, Account.kind == hers.value)
    )
    return int(db.session.execute(taken, {"invoice": invoice_id}).scalar_one())


def _returned_before(invoice_id: int, award_id: int) -> int:
    earlier = (
        select(func.coalesce(func.sum(-InvoiceLine.net), 0))
        .join(Invoice, (Invoice.id == InvoiceLine.invoice_id) & InvoiceLine.series_line_id.is_(None))
        .join(Entry, (Entry.source_id == Invoice.id) & _INVOICE_ENTRIES & (Entry.kind == "sale"))
        .where(Invoice.returns_id == invoice_id, Entry.id < award_id)
    )
    return int(db.session.execute(earlier).scalar_one())


@dataclass(frozen=True)
class Counterpart:
    """An invoice that another one points at, or that points at it."""

    id: int
    number: int | None
    relation: str  # returns, returned_by, corrects, corrected_by


def counterparts_of(invoice_id: int) -> list[Counterpart]:
    """The sale of a return, the returns of a sale, and what corrects what."""
    mine = select(Invoice.returns_id, Invoice.corrects_id).where(Invoice.id == invoice_id).subquery()
    relation = case(
        (Invoice.returns_id == invoice_id, "returned_by"),
        (Invoice.corrects_id == invoice_id, "corrected_by"),
        (Invoice.id == mine.c.returns_id, "returns"),
        else_="corrects",
    )
    points = or_(Invoice.returns_id == invoice_id, Invoice.corrects_id == invoice_id)
    rows = db.session.execute(
        select(Invoice.id, Invoice.number, relation)
        .join(mine, or_(points, Invoice.id == mine.c.returns_id, Invoice.id == mine.c.corrects_id))
        .order_by(Invoice.id)
    )
    return [Counterpart(*row) for row in rows]


def pointers_of(invoices: Sequence[Invoice]) -> dict[int, int]:
    """Of listed invoices: the number of the sale that a return takes back, and of the last return of a sale."""
    ids = [found.id for found in invoices]
    returned = select(Invoice.id, _SOLD.number).join(_SOLD, _SOLD.id == Invoice.returns_id).where(Invoice.id.in_(ids))
    last = select(Invoice.returns_id, func.max(Invoice.number)).where(Invoice.returns_id.in_(ids))
    rows = [*db.session.execute(returned), *db.session.execute(last.group_by(Invoice.returns_id))]
    return {int(row[0]): int(row[1]) for row in rows}
