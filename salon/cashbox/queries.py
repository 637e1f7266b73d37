"""Which boxes there are."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, bindparam, case, select
from sqlalchemy.orm import aliased

from ..core.db import db
from ..core.money import Currency, with_unit
from ..ledger.models import AccountKind, Entry, Posting
from ..ledger.queries import balance
from ..setup.queries import profile
from .errors import till_empty
from .models import BoxKind, Cashbox, PaymentMethod, Shift
from .rules import DEBT, REFUND, PaymentSpec

# Of each kind the box of her own open shift, the main one before others, else the main one, comes first: a drawer of
# petty cash takes no sales while she counts the till too.
_HER_TILL = case(
    ((Shift.opened_by == bindparam("actor")) & Cashbox.is_main, 0),
    (Shift.opened_by == bindparam("actor"), 1),
    (Cashbox.is_main, 2),
    else_=3,
)
_BOXES = (
    select(Cashbox.id, Cashbox.kind)
    .outerjoin(Shift, (Shift.cashbox_id == Cashbox.id) & Shift.closed_at.is_(None))
    .where(Cashbox.branch_id == bindparam("branch"), Cashbox.active)
    .order_by(_HER_TILL, Cashbox.id)
    # Whoever counts a till locks it: its money is placed before the counting, or after.
    .with_for_update(read=True, key_share=True, of=Cashbox)
)
_TILL = (
    select(Cashbox.name, Cashbox.is_main)
    .outerjoin(Shift, (Shift.cashbox_id == Cashbox.id) & Shift.closed_at.is_(None))
    .where(Cashbox.branch_id == bindparam("branch"), Cashbox.active, Cashbox.kind == BoxKind.CASH.value)
    .order_by(_HER_TILL, Cashbox.id)
    .limit(1)
)
_MAIN = select(Cashbox.id).where(
    Cashbox.branch_id == bindparam("branch"), Cashbox.kind == bindparam("kind"), Cashbox.is_main
)

_SALE = aliased(Entry, name="sold")
_SOLD_WITH_IT = (
    select(_SALE.id)
    .where(
        _SALE.source_kind == "invoice",
        _SALE.source_id == Entry.source_id,
        _SALE.kind == "sale",
        _SALE.recorded_at == Entry.recorded_at,
    )
    .exists()
)
# What an entry that moves money in a box is: of an invoice, what went out is a refund, and what came after it was sold
# is a debt that was paid.
MOVED_BY: ColumnElement[str] = case(
    (and_(Entry.source_kind == "invoice", Posting.amount < 0), REFUND),
    (and_(Entry.source_kind == "invoice", ~_SOLD_WITH_IT), DEBT),
    else_=Entry.kind,
)


def boxes_for(branch_id: int, actor_id: int | None) -> dict[int, str]:
    """The boxes of a branch with their kinds; of each kind the one that takes what she is paid comes first."""
    rows = db.session.connection().execute(_BOXES, {"branch": branch_id, "actor": actor_id or 0})
    return {row.id: row.kind for row in rows}


def other_till(branch_id: int, actor_id: int | None) -> str:
    """The name of the till that takes what she is paid where it is not the main one; else nothing."""
    row = db.session.connection().execute(_TILL, {"branch": branch_id, "actor": actor_id or 0}).one_or_none()
    return "" if row is None or row.is_main else str(row.name)


def main_box(branch_id: int, kind: BoxKind) -> int:
    """The main box of a kind in a branch, which has been opened."""
    return int(db.session.connection().execute(_MAIN, {"branch": branch_id, "kind": kind.value}).scalar_one())


def hold_tills(payments: Sequence[PaymentSpec]) -> None:
    """Hold the tills that cash shall be given back out of, and what is in them. Amounts are positive.

    No drawer holds less than nothing: if its books say so, a receipt is missing. Raises DomainError `till_empty`.
    """
    taken: dict[int, int] = {}
    for payment in payments:
        if payment.method == PaymentMethod.CASH and payment.cashbox_id is not None:
            taken[payment.cashbox_id] = taken.get(payment.cashbox_id, 0) + payment.amount
    tills = select(Cashbox.id).where(Cashbox.id.in_(taken)).order_by(Cashbox.id).with_for_update(key_share=True)
    for till in list(db.session.scalars(tills)) if taken else []:
        held = balance(AccountKind.CASH, till)
        if held < taken[till]:
            raise till_empty(with_unit(held, Currency(profile().currency)))
