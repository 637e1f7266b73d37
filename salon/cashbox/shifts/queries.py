"""Shifts as they are read: the open one, the last ones, and what moved in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ...access.models import User
from ...core.db import db
from ...ledger.models import Account, AccountKind, Entry, Posting, Unit
from ..errors import shift_missing
from ..models import BoxKind, Cashbox, Shift
from ..queries import MOVED_BY
from .rules import TerminalBooks

_OPENER, _CLOSER = aliased(User, name="opener"), aliased(User, name="closer")
_MOVED = select(Entry.id, Entry.source_kind, MOVED_BY.label("kind"), Posting.amount)


@dataclass(frozen=True)
class ShiftRow:
    """A shift with its box and who opened and closed it."""

    shift: Shift
    box: Cashbox
    opened_by: str
    closed_by: str


@dataclass(frozen=True)
class Moved:
    """What moved in a till under one heading: what the entries were about, rials in and out, how often."""

    source_kind: str
    kind: str
    amount: int
    count: int


def shift_of(branch_id: int, shift_id: int) -> Shift:
    """A shift of a branch. Raises NotFound `shift_unknown`."""
    found = db.session.scalar(
        select(Shift)
        .join(Cashbox, Cashbox.id == Shift.cashbox_id)
        .where(Shift.id == shift_id, Cashbox.branch_id == branch_id)
    )
    if found is None:
        raise shift_missing()
    return found


def open_shift_of(cashbox_id: int) -> Shift | None:
    """The shift that is open on a box."""
    return db.session.scalar(select(Shift).where(Shift.cashbox_id == cashbox_id, Shift.closed_at.is_(None)))


def shift_rows(branch_id: int, limit: int, offset: int = 0) -> Sequence[ShiftRow]:
    """The shifts of a branch, the newest first."""
    return [ShiftRow(*found) for found in db.session.execute(_rows(branch_id).limit(limit).offset(offset))]


def shift_row(branch_id: int, shift_id: int) -> ShiftRow:
    """A shift as it is shown. Raises NotFound `shift_unknown`."""
    found = db.session.execute(_rows(branch_id).where(Shift.id == shift_id)).first()
    if found is None:
        raise shift_missing()
    return ShiftRow(*found)


def moved_in(shift: Shift) -> list[Moved]:
    """What moved in the till from the opening to the closing, or up to now, by kind; its countings are no movements."""
    question = _of(AccountKind.CASH, shift.cashbox_id, _MOVED).where(
        Entry.id > shift.opened_after, Entry.source_kind != "shift"
    )
    if shift.closed_after is not None:
        question = question.where(Entry.id <= shift.closed_after)
    moved = question.subquery().c
    rows = db.session.execute(
        select(moved.source_kind, moved.kind, func.sum(moved.amount), func.count())
        .group_by(moved.source_kind, moved.kind)
        .order_by(func.min(moved.id))
    )
    return [Moved(source, kind, int(amount), int(count)) for source, kind, amount, count in rows]


def terminals_since(shift: Shift) -> list[TerminalBooks]:
    """What the books say that each terminal of the branch took since the shift was opened; transfers are no takings."""
    branch = select(Cashbox.branch_id).where(Cashbox.id == shift.cashbox_id).scalar_subquery()
    rows = db.session.execute(
        select(Cashbox.id, Cashbox.name)
        .where(Cashbox.branch_id == branch, Cashbox.kind == BoxKind.CARD_TERMINAL.value, Cashbox.active)
        .order_by(Cashbox.id)
    )
    return [TerminalBooks(box_id, name, _taken_by(box_id, shift)) for box_id, name in rows.all()]


def _taken_by(cashbox_id: int, shift: Shift) -> int:
    taken = _of(AccountKind.CARD_TERMINAL, cashbox_id, select(func.coalesce(func.sum(Posting.amount), 0))).where(
        Entry.id > shift.opened_after, Entry.source_kind != "voucher"
    )
    return int(db.session.execute(taken).scalar_one())


def last_entry() -> int:
    """The last entry of the books; 0 when there is none."""
    return int(db.session.scalar(select(func.max(Entry.id))) or 0)


def last_entry_on(cashbox_id: int) -> int:
    """The last entry that moved a till's balance; 0 when none did."""
    return int(db.session.execute(_of(AccountKind.CASH, cashbox_id, select(func.max(Entry.id)))).scalar() or 0)


def _of(kind: AccountKind, cashbox_id: int, question: Any) -> Any:
    """A question about the postings of a box."""
    return (
        question.select_from(Posting)
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Account.kind == kind.value, Account.owner_id == cashbox_id, Account.unit == Unit.RIAL.value)
    )


def _rows(branch_id: int) -> Any:
    names = (func.coalesce(user.full_name, "") for user in (_OPENER, _CLOSER))
    return (
        select(Shift, Cashbox, *names)
        .join(Cashbox, Cashbox.id == Shift.cashbox_id)
        .outerjoin(_OPENER, _OPENER.id == Shift.opened_by)
        .outerjoin(_CLOSER, _CLOSER.id == Shift.closed_by)
        .where(Cashbox.branch_id == branch_id)
        .order_by(Shift.id.desc())
    )


def opened_by(key: str) -> Shift | None:
    """The shift that a request has opened."""
    return db.session.scalar(select(Shift).where(Shift.opening_key == key))


def was_counted(cashbox_id: int) -> bool:
    """Whether a till was ever counted."""
    return db.session.scalar(select(Shift.id).where(Shift.cashbox_id == cashbox_id).limit(1)) is not None


def as_it_stands(shift_id: int) -> Shift:
    """A shift as it is now: another may have closed it while this one waited for the till."""
    question = select(Shift).where(Shift.id == shift_id).execution_options(populate_existing=True)
    return db.session.scalars(question).one()
