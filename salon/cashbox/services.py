"""Verbs about boxes."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, case, select
from sqlalchemy.dialects import postgresql, sqlite

from ..core.db import db, is_postgresql
from .errors import cashbox_unknown
from .models import BoxKind, Cashbox, Shift
from .rules import BOX_OF_METHOD, PaymentSpec, box_name

# Of each kind the box of her own open shift, else the main one, comes first.
_BOXES = (
    select(Cashbox.id, Cashbox.kind)
    .outerjoin(Shift, (Shift.cashbox_id == Cashbox.id) & Shift.closed_at.is_(None))
    .where(Cashbox.branch_id == bindparam("branch"), Cashbox.active)
    .order_by(case((Shift.opened_by == bindparam("actor"), 0), (Cashbox.is_main, 1), else_=2), Cashbox.id)
)
_MAIN = select(Cashbox.id).where(
    Cashbox.branch_id == bindparam("branch"), Cashbox.kind == bindparam("kind"), Cashbox.is_main
)


def placed(payments: Sequence[PaymentSpec], *, branch_id: int, actor_id: int | None) -> tuple[PaymentSpec, ...]:
    """Payments with the boxes that take them: those that are named, else hers or the branch's main ones.

    Raises Invalid `cashbox_unknown` for a box of another branch, or of another kind.
    """
    if not any(payment.method in BOX_OF_METHOD for payment in payments):
        return tuple(payments)
    rows = db.session.connection().execute(_BOXES, {"branch": branch_id, "actor": actor_id or 0})
    known: dict[int, str] = {row.id: row.kind for row in rows}
    return tuple(_placed(payment, known, branch_id, position) for position, payment in enumerate(payments))


def _placed(payment: PaymentSpec, known: dict[int, str], branch_id: int, position: int) -> PaymentSpec:
    kind = BOX_OF_METHOD.get(payment.method)
    if kind is None:
        return payment
    if payment.cashbox_id is not None:
        if known.get(payment.cashbox_id) != kind:
            raise cashbox_unknown(f"payments.{position}.cashbox_id")
        return payment
    box_id = next((box_id for box_id, of in known.items() if of == kind), None)
    if box_id is None:
        box_id = open_main_box(branch_id=branch_id, kind=kind)
        known[box_id] = kind
    return replace(payment, cashbox_id=box_id)


def open_main_box(*, branch_id: int, kind: BoxKind) -> int:
    """The main box of a kind in a branch, opened now if there is none. Gives its id."""
    row = {"branch_id": branch_id, "name": box_name(kind), "kind": kind.value, "number": "", "is_main": True}
    write = postgresql.insert if is_postgresql() else sqlite.insert
    connection = db.session.connection()
    connection.execute(write(Cashbox).on_conflict_do_nothing(), {**row, "active": True})  # two tills may come at once
    return int(connection.execute(_MAIN, {"branch": branch_id, "kind": kind.value}).scalar_one())
