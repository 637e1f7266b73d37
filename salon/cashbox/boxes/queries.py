"""Boxes as they are read: what they hold, and whether they are being counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ...core.db import db
from ...ledger.models import Account, AccountKind, Posting, Unit
from ...ledger.queries import balance
from ..errors import cashbox_missing
from ..models import BoxKind, Cashbox, CashCategory, Direction, Shift

_HELD = (
    select(func.coalesce(func.sum(Posting.amount), 0))
    .join(Account, Account.id == Posting.account_id)
    .where(Account.kind == Cashbox.kind, Account.owner_id == Cashbox.id, Account.unit == Unit.RIAL.value)
    .scalar_subquery()
)


@dataclass(frozen=True)
class BoxRow:
    """A box with what it holds (rials) and its open shift, if it has one."""

    id: int
    branch_id: int
    name: str
    kind: str
    number: str
    is_main: bool
    active: bool
    balance: int
    shift_id: int | None
    opened_at: datetime | None


def boxes_of(branch_id: int, *, all_of_them: bool = False) -> Sequence[BoxRow]:
    """The boxes of a branch, tills first; those that were put away only when `all_of_them` are asked for."""
    question = (
        select(Cashbox, _HELD, Shift.id, Shift.opened_at)
        .outerjoin(Shift, (Shift.cashbox_id == Cashbox.id) & Shift.closed_at.is_(None))
        .where(Cashbox.branch_id == branch_id)
        .order_by(Cashbox.is_main.desc(), Cashbox.id)
    )
    if not all_of_them:
        question = question.where(Cashbox.active)
    rows = [_row(*found) for found in db.session.execute(question)]
    return sorted(rows, key=lambda row: list(BoxKind).index(BoxKind(row.kind)))


def _row(box: Cashbox, held: int, shift_id: int | None, opened_at: datetime | None) -> BoxRow:
    return BoxRow(
        id=box.id,
        branch_id=box.branch_id,
        name=box.name,
        kind=box.kind,
        number=box.number,
        is_main=box.is_main,
        active=box.active,
        balance=int(held),
        shift_id=shift_id,
        opened_at=opened_at,
    )


def box_of(branch_id: int, cashbox_id: int) -> Cashbox:
    """A box of a branch. Raises NotFound `cashbox_unknown`."""
    found = db.session.get(Cashbox, cashbox_id)
    if found is None or found.branch_id != branch_id:
        raise cashbox_missing()
    return found


def held_in(box: Cashbox) -> int:
    """What a box holds by the books, in rials."""
    return balance(AccountKind(box.kind), box.id)


def categories(direction: Direction, *, all_of_them: bool = False) -> Sequence[CashCategory]:
    """What money comes in or goes out for."""
    question = select(CashCategory).where(CashCategory.direction == direction.value).order_by(CashCategory.id)
    return db.session.scalars(question if all_of_them else question.where(CashCategory.active)).all()


def category_of(category_id: int) -> CashCategory | None:
    """The category of this number, if there is one."""
    return db.session.get(CashCategory, category_id)


def category_named(name: str, direction: str) -> CashCategory | None:
    """The category that has this name already."""
    return db.session.scalar(select(CashCategory).where(CashCategory.name == name, CashCategory.direction == direction))


def box_named(branch_id: int, name: str) -> int | None:
    """The box of a branch that has this name already."""
    return db.session.scalar(select(Cashbox.id).where(Cashbox.branch_id == branch_id, Cashbox.name == name))


def has_main(branch_id: int, kind: str) -> bool:
    """Whether a branch has a main box of a kind."""
    main = select(Cashbox.id).where(Cashbox.branch_id == branch_id, Cashbox.kind == kind, Cashbox.is_main)
    return db.session.scalar(main) is not None


def is_counted(cashbox_id: int) -> bool:
    """Whether a shift is open on a box."""
    counted = select(Shift.id).where(Shift.cashbox_id == cashbox_id, Shift.closed_at.is_(None))
    return db.session.scalar(counted) is not None


def lock_box(cashbox_id: int) -> Cashbox | None:
    """A box, while no money goes in or out of it: payments and vouchers that name it wait."""
    return db.session.scalar(select(Cashbox).where(Cashbox.id == cashbox_id).with_for_update())


def lock_boxes(branch_id: int, wanted: Collection[int]) -> Sequence[Cashbox]:
    """Boxes of a branch whose balance nobody else spends meanwhile; by number, so that two never wait crosswise."""
    question = select(Cashbox).where(Cashbox.id.in_(wanted), Cashbox.branch_id == branch_id)
    return db.session.scalars(question.order_by(Cashbox.id).with_for_update(key_share=True)).all()
