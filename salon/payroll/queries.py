"""The person whose pay it is, and what her account comes to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select

from ..core.db import db
from ..core.jalali import month_range
from ..ledger.models import Account, AccountKind, Entry, Posting, Unit
from ..staff.errors import staff_unknown
from ..staff.models import StaffMember
from ..staff.schemes.queries import places_of, schemes_within
from ..staff.schemes.rules import BY_WORK, NOWHERE, first_meant
from .models import PayStatement, PayStatementItem

PAID = "pay"  # the kind of the entries that pay statements

_HELD = PayStatementItem.posting_id.is_not(None)
_IS_PAY = Entry.kind == PAID


@dataclass(frozen=True)
class Sums:
    """What somebody's account comes to, in rials that the salon owes her."""

    due: int = 0  # by what was approved, less what was paid of it; negative when she owes
    waiting: int = 0  # of no statement yet


def person(branch_id: int, staff_id: int, *, locked: bool = False) -> StaffMember:
    """Somebody of a branch; `locked`: until the transaction ends nobody else approves or pays her statements.

    Raises NotFound `staff_unknown`.
    """
    question = select(StaffMember).where(StaffMember.id == staff_id, StaffMember.branch_id == branch_id)
    # Sales may name her meanwhile.
    found = db.session.scalar(question.with_for_update(key_share=True) if locked else question)
    if found is None:
        raise staff_unknown()
    return found


def sums_of(staff_id: int) -> Sums:
    """What her account comes to."""
    return all_sums(staff_id).get(staff_id, Sums())


def all_sums(staff_id: int | None = None) -> dict[int, Sums]:
    """What the accounts of the staff come to, or of one of them, by person."""
    approved = func.sum(case((_HELD | _IS_PAY, -Posting.amount), else_=0))
    waiting = func.sum(case((_HELD | _IS_PAY, 0), else_=-Posting.amount))
    question = of_accounts(select(Account.owner_id, approved, waiting)).group_by(Account.owner_id)
    if staff_id is not None:
        question = question.where(Account.owner_id == staff_id)
    return {owner: Sums(int(due), int(open_)) for owner, due, open_ in db.session.execute(question)}


def waiting_before(day: date) -> list[tuple[int, date, int]]:
    """Whose account moved before a day by what no statement holds: staff id, the first such day, rials owed to her."""
    amount = func.sum(-Posting.amount)
    question = of_accounts(select(Account.owner_id, func.min(Entry.business_date), amount))
    free = question.where(~_HELD, ~_IS_PAY, Entry.business_date < day).group_by(Account.owner_id).having(amount != 0)
    rows: Any = db.session.execute(free.order_by(Account.owner_id))
    return [(owner, first, int(owed)) for owner, first, owed in rows]


def of_accounts(question: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A question about the movements of the accounts of the staff, each with the statement that holds it, if any."""
    return (
        question.select_from(Posting)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .outerjoin(PayStatementItem, PayStatementItem.posting_id == Posting.id)
        .where(Account.kind == AccountKind.STAFF_PAYABLE.value, Account.unit == Unit.RIAL.value)
    )


def statements_of(staff_id: int) -> list[PayStatement]:
    """Her approved statements, the latest first."""
    question = select(PayStatement).where(PayStatement.staff_id == staff_id)
    return list(db.session.scalars(question.order_by(PayStatement.ends_before.desc())))


def last_statement(staff_id: int) -> PayStatement | None:
    """The statement that was approved last."""
    question = select(PayStatement).where(PayStatement.staff_id == staff_id)
    return db.session.scalar(question.order_by(PayStatement.ends_before.desc()).limit(1))


def approved_until() -> dict[int, date]:
    """The first day after the last approved statement, by person."""
    question = select(PayStatement.staff_id, func.max(PayStatement.ends_before)).group_by(PayStatement.staff_id)
    return dict(db.session.execute(question).all())


def first_months(staff_ids: Collection[int], today: date) -> dict[int, date]:
    """The first day of the Jalali month in which the pay of each of these people begins.

    It begins with her first movement, or with the first salary or rent that means her, but not before the books do.
    """
    books: date | None = db.session.scalar(select(func.min(Entry.business_date)))
    begun = month_range(min(books or today, today))[0]
    question = of_accounts(select(Account.owner_id, func.min(Entry.business_date))).where(~_IS_PAY)
    moved: dict[int, date] = dict(db.session.execute(question.group_by(Account.owner_id)).all())
    by_month = [scheme for scheme in schemes_within(begun, today) if scheme.kind not in BY_WORK]
    places = places_of(staff_ids) if by_month else {}
    found = {}
    for staff_id in staff_ids:
        salaries = first_meant(by_month, staff_id, places.get(staff_id, NOWHERE), begun)
        found[staff_id] = month_range(min(today, moved.get(staff_id, today), salaries or today))[0]
    return found
