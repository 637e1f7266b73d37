"""Everybody's statement of some days in one row, read from her account. Half-open days; rials, positive is hers."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, case, func, select

from ...core.db import db
from ...ledger.models import Account, AccountKind, Entry, Posting
from ...payroll.queries import PAID, of_accounts
from ...payroll.statements.rules import ADDED, TAKEN, what_of
from ...staff.models import StaffMember
from ..rules import Column, Report, Row, money

_BEFORE = "before"  # no kind of entry
_EACH = (
    of_accounts(
        select(
            Account.owner_id.label("staff_id"),
            case((Entry.business_date < bindparam("starts_on"), _BEFORE), else_=Entry.kind).label("kind"),
            case((Posting.amount < 0, 1), else_=0).label("hers"),
            (-Posting.amount).label("amount"),
        )
    )
    .where(Entry.business_date < bindparam("ends_before"))
    .subquery()
)
_MOVED = select(_EACH.c.staff_id, _EACH.c.kind, _EACH.c.hers, func.sum(_EACH.c.amount)).group_by(
    _EACH.c.staff_id, _EACH.c.kind, _EACH.c.hers
)


OF_STATEMENTS = (
    Column("staff", _l("پرسنل")),
    money("opening", _l("مانده از پیش")),
    money("shares", _l("سهم از کارها")),
    money("tips", _l("انعام")),
    money("salary", _l("حقوق")),
    money("bonuses", _l("پاداش")),
    money("fines", _l("جریمه")),
    money("rent", _l("اجارهٔ صندلی")),
    money("own_card", _l("پول به کارت خودش")),
    money("advances", _l("مساعده")),
    money("paid", _l("پرداخت")),
    money("due", _l("مانده")),
)


def staff_statements(starts_on: date, ends_before: date) -> Report:
    """What each was owed before, earned, had already and was paid on these days, and what she is owed at their end.

    What was taken off her is positive in its column. Salary and rent are posted when a statement is approved.
    """
    people: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for staff_id, kind, hers, amount in _asked(starts_on, ends_before):
        people[staff_id][_moved_by(kind, hers)] += int(amount)
    names = dict(db.session.execute(select(StaffMember.id, StaffMember.name)).all())
    rows = [
        Row(
            (names.get(staff_id, ""), *_figures(sums), sum(sums.values())),
            "movements",
            {"kind": AccountKind.STAFF_PAYABLE.value, "owner": staff_id},
        )
        for staff_id, sums in people.items()
        if any(sums.values())
    ]
    return Report(OF_STATEMENTS, sorted(rows, key=lambda row: str(row.cells[0])), "due")


def _asked(starts_on: date, ends_before: date) -> Iterable[Any]:
    return db.session.execute(_MOVED, {"starts_on": starts_on, "ends_before": ends_before})


def _moved_by(kind: str, hers: int) -> str:
    return kind if kind in {_BEFORE, PAID} else what_of(kind, hers).value


def _figures(sums: Counter[str]) -> list[int]:
    """The columns between her name and what is left."""
    taken = [*(what.value for what in TAKEN), PAID]
    return [sums[_BEFORE], *(sums[what.value] for what in ADDED), *(-sums[name] for name in taken)]
