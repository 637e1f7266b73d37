"""Vouchers, and the movements of a day, as they are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from ...core.db import db
from ...core.jalali import local_date
from ...customers.models import Customer
from ...ledger.models import Account, AccountKind, Entry, Posting, Unit
from ...staff.models import StaffMember
from ..errors import voucher_missing
from ..models import Cashbox, CashCategory, Shift, Voucher
from ..queries import MOVED_BY


@dataclass(frozen=True)
class Movement:
    """Money that moved in or out of a box, with what is known of why. Rials; out is negative."""

    entry_id: int
    box: str
    amount: int
    kind: str  # of the entry, or what it did with an invoice
    source_kind: str
    source_id: int
    recorded_at: datetime
    voucher_id: int | None
    reverses_id: int | None
    is_reversed: bool
    category: str
    party: str
    note: str


_HERS = Account.__table__.alias("hers")
_OTHER = Posting.__table__.alias("other")
# Whose debt or deposit the same entry moved.
_PAYER = (
    select(func.min(_HERS.c.owner_id))
    .join(_OTHER, _OTHER.c.account_id == _HERS.c.id)
    .where(
        _OTHER.c.entry_id == Entry.id,
        _HERS.c.kind.in_((AccountKind.RECEIVABLE.value, AccountKind.DEPOSIT.value)),
    )
    .scalar_subquery()
)
_PAYER_NAME = func.trim(Customer.first_name + " " + Customer.last_name)


def voucher_of(branch_id: int, voucher_id: int) -> Voucher:
    """A voucher of a branch. Raises NotFound `voucher_unknown`."""
    found = db.session.get(Voucher, voucher_id)
    if found is None or found.branch_id != branch_id:
        raise voucher_missing()
    return found


def written_by(key: str) -> Voucher | None:
    """The voucher that a request has written."""
    return db.session.scalar(select(Voucher).where(Voucher.idempotency_key == key))


def is_reversed(voucher_id: int) -> bool:
    """Whether a voucher was taken back."""
    return db.session.scalar(select(Voucher.id).where(Voucher.reverses_id == voucher_id)) is not None


def movements(branch_id: int, day: date, limit: int, offset: int = 0) -> Sequence[Movement]:
    """What moved in the boxes of a branch on a day, the newest first."""
    back = Voucher.__table__.alias("back")
    taken_back = select(back.c.id).where(back.c.reverses_id == Voucher.id).exists()
    rows: Iterable[Any] = db.session.execute(
        select(
            Entry.id,
            Cashbox.name,
            Posting.amount,
            MOVED_BY,
            Entry.source_kind,
            Entry.source_id,
            Entry.recorded_at,
            Voucher.id,
            Voucher.reverses_id,
            taken_back,
            func.coalesce(CashCategory.name, ""),
            func.coalesce(StaffMember.name, func.nullif(Voucher.party, ""), _PAYER_NAME, ""),
            func.coalesce(Voucher.note, ""),
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .join(Account, Account.id == Posting.account_id)
        .join(Cashbox, (Cashbox.id == Account.owner_id) & (Cashbox.kind == Account.kind))
        .outerjoin(Voucher, Voucher.entry_id == Entry.id)
        .outerjoin(CashCategory, CashCategory.id == Voucher.category_id)
        .outerjoin(StaffMember, StaffMember.id == Voucher.staff_id)
        .outerjoin(Customer, Customer.id == _PAYER)
        .where(Cashbox.branch_id == branch_id, Entry.business_date == day, Account.unit == Unit.RIAL.value)
        .order_by(Entry.id.desc(), Posting.id)
        .limit(limit)
        .offset(offset)
    )
    return [Movement(*row) for row in rows]


def sums_of_day(branch_id: int, day: date) -> tuple[int, int]:
    """What came in and what went out of the boxes of a branch on a day; transfers are in both. Rials."""
    inward = func.coalesce(func.sum(Posting.amount).filter(Posting.amount > 0), 0)
    outward = func.coalesce(func.sum(Posting.amount).filter(Posting.amount < 0), 0)
    row = db.session.execute(
        select(inward, outward)
        .select_from(Posting)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .join(Cashbox, (Cashbox.id == Account.owner_id) & (Cashbox.kind == Account.kind))
        .where(Cashbox.branch_id == branch_id, Entry.business_date == day, Account.unit == Unit.RIAL.value)
    ).one()
    return int(row[0]), int(row[1])


def counted_until(cashbox_id: int) -> date | None:
    """The last day on which the till was counted at the end of a shift: what is of that day or before is closed."""
    closed = db.session.scalar(select(func.max(Shift.closed_at)).where(Shift.cashbox_id == cashbox_id))
    return local_date(closed) if closed else None
