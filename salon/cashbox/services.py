"""Verbs about boxes."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.dialects import postgresql, sqlite

from ..core.db import db, is_postgresql
from ..core.lengths import line_of
from ..staff.queries import known_staff
from .errors import card_owner_unknown, cashbox_unknown
from .models import BoxKind, Cashbox, Deposit
from .queries import boxes_for, main_box
from .rules import BOX_OF_METHOD, PaymentSpec, box_name, check_details


def placed(*, payments: Sequence[PaymentSpec], branch_id: int, actor_id: int | None) -> tuple[PaymentSpec, ...]:
    """Payments with the boxes that take them: those that are named, else hers or the branch's main ones.

    Raises Invalid `cashbox_unknown` for a box of another branch, or of another kind; `reference_missing`,
    `staff_missing`, `staff_unknown`, `due_on_missing`, `text_long` for what its method needs to be told.
    """
    payments = _told(payments)
    if not any(payment.method in BOX_OF_METHOD for payment in payments):
        return tuple(payments)
    known = boxes_for(branch_id, actor_id)
    return tuple(_placed(payment, known, branch_id, position) for position, payment in enumerate(payments))


def _told(payments: Sequence[PaymentSpec]) -> tuple[PaymentSpec, ...]:
    """Payments with all that their methods need, references in one spelling."""
    told = tuple(
        replace(payment, reference=line_of(payment.reference, Deposit.reference, f"payments.{position}.reference"))
        if payment.reference
        else payment
        for position, payment in enumerate(payments)
    )
    for position, payment in enumerate(told):
        check_details(payment, f"payments.{position}.")
    known = known_staff(payment.staff_id for payment in told)
    for position, payment in enumerate(told):
        if payment.staff_id not in known | {None}:
            raise card_owner_unknown(f"payments.{position}.")
    return told


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
    db.session.execute(write(Cashbox).on_conflict_do_nothing(), {**row, "active": True})  # two tills may come at once
    return main_box(branch_id, kind)
