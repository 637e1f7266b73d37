"""What months earned and cost, and every account of a year. A year is told as it was before it was closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Executable, bindparam, case, func, select

from ...cashbox.models import Cashbox, CashCategory
from ...core.db import db
from ...core.jalali import month_range, year_range
from ...customers.models import Customer
from ...customers.rules import full_name
from ...ledger.models import TEMPORARY, Account, AccountKind, Entry, Posting, Unit
from ...ledger.rules import CLOSING
from ...setup.models import Branch
from ...staff.models import StaffMember
from ..books.rules import account_labels
from ..rules import Column, Kind, Report, Row, money

_DAY = timedelta(days=1)
_EARNED = (
    select(Entry.business_date, Account.branch_id, Account.kind, -func.sum(Posting.amount))
    .join(Posting, Posting.entry_id == Entry.id)
    .join(Account, Account.id == Posting.account_id)
    .where(
        Account.kind.in_(sorted(TEMPORARY)),
        Account.unit == Unit.RIAL.value,
        Entry.kind != CLOSING,
        Entry.business_date >= bindparam("starts_on"),
        Entry.business_date < bindparam("ends_before"),
    )
    .group_by(Entry.business_date, Account.branch_id, Account.kind)
)
_BEFORE = Entry.business_date < bindparam("starts_on")
# Account by account first, in the order of their own index: twice as quick as grouping all postings by owner.
_MOVED = (
    select(
        Posting.account_id.label("account_id"),
        func.sum(case((_BEFORE, Posting.amount), else_=0)).label("opening"),
        func.sum(case((_BEFORE, 0), (Posting.amount > 0, Posting.amount), else_=0)).label("debit"),
        func.sum(case((_BEFORE, 0), (Posting.amount < 0, -Posting.amount), else_=0)).label("credit"),
    )
    .join(Entry, Entry.id == Posting.entry_id)
    .where(Entry.business_date < bindparam("ends_before"), _BEFORE | (Entry.kind != CLOSING))
    .group_by(Posting.account_id)
    .subquery()
)
_OF_YEAR = (
    select(
        Account.kind,
        Account.owner_id,
        func.sum(_MOVED.c.opening),
        func.sum(_MOVED.c.debit),
        func.sum(_MOVED.c.credit),
    )
    .join(_MOVED, _MOVED.c.account_id == Account.id)
    .where(Account.unit == Unit.RIAL.value)
    .group_by(Account.kind, Account.owner_id)
    .order_by(Account.kind, Account.owner_id)
)
# The columns of a month: which accounts each adds up.
_OF_COLUMN = {
    "services": (AccountKind.REVENUE,),
    "goods": (AccountKind.PRODUCT_REVENUE,),
    "discounts": (AccountKind.DISCOUNT,),
    "other_income": (AccountKind.OTHER_INCOME, AccountKind.DEPOSIT_KEPT, AccountKind.CHAIR_RENT),
    "club_cost": (AccountKind.CLUB_COST,),
    "staff": (AccountKind.STAFF_COST,),
    "expenses": (AccountKind.EXPENSE,),
    "differences": (AccountKind.ROUNDING, AccountKind.CASH_DIFFERENCE),
}
_COLUMN_OF = {kind.value: column for column, kinds in _OF_COLUMN.items() for kind in kinds}
_OF_CUSTOMERS = {
    AccountKind.RECEIVABLE,
    AccountKind.CLUB_CREDIT,
    AccountKind.DEPOSIT,
    AccountKind.PREPAID,
    AccountKind.OFFSET,
}
_OF_BOXES = {
    AccountKind.CASH,
    AccountKind.CARD_TERMINAL,
    AccountKind.BANK,
    AccountKind.UNCONFIRMED,
    AccountKind.CHEQUES,
    AccountKind.CASH_DIFFERENCE,
}
_OF_STAFF = {AccountKind.STAFF_PAYABLE, AccountKind.STAFF_COST, AccountKind.CHAIR_RENT}
_OF_CATEGORIES = {AccountKind.EXPENSE, AccountKind.OTHER_INCOME}


OF_MONTHS = (
    Column("month", _l("ماه"), Kind.MONTH),
    Column("branch", _l("شعبه")),
    money("services", _l("خدمات")),
    money("goods", _l("کالا")),
    money("discounts", _l("تخفیف")),
    money("other_income", _l("درآمد دیگر")),
    money("club_cost", _l("هزینهٔ باشگاه")),
    money("staff", _l("پرسنل")),
    money("expenses", _l("هزینه")),
    money("differences", _l("گرد کردن و کسری")),
    money("profit", _l("سود یا زیان")),
)
OF_OWNERS = (
    Column("account", _l("حساب")),
    Column("owner", _l("به نام")),
    money("opening", _l("ماندهٔ پیشین")),
    money("debit", _l("بدهکار")),
    money("credit", _l("بستانکار")),
    money("balance", _l("مانده")),
)


def profit_and_loss(starts_on: date, ends_before: date) -> Report:
    """What each Jalali month earned and cost in each branch; what costs is negative."""
    months: defaultdict[tuple[date, int], dict[str, int]] = defaultdict(lambda: dict.fromkeys(_OF_COLUMN, 0))
    for day, branch, kind, amount in _asked(_EARNED, starts_on, ends_before):
        months[month_range(day)[0], branch][_COLUMN_OF[kind]] += int(amount)
    branches = _named(Branch)
    rows = [
        Row(
            (month, branches.get(branch, ""), *sums.values(), sum(sums.values())),
            "movements",
            {"branch": branch, **_days_of(month, starts_on, ends_before)},
        )
        for (month, branch), sums in sorted(months.items())
    ]
    return Report(OF_MONTHS, rows, "profit")


def year_trial_balance(starts_on: date, ends_before: date) -> Report:
    """Each account of the Jalali year of the last day, by kind and owner: before, debits and credits, after."""
    labels, names = account_labels(), _names()
    rows = []
    for kind, owner, *figures in _asked(_OF_YEAR, *year_range(ends_before - _DAY)):
        opening, debit, credit = (int(figure) for figure in figures)
        if opening or debit or credit:
            name = names.get(kind, {}).get(owner, "") or labels.get(kind, kind)
            cells = labels.get(kind, kind), name, opening, debit, credit, opening + debit - credit
            rows.append(Row(cells, "movements", {"kind": kind, "owner": owner}))
    return Report(OF_OWNERS, rows, "balance")


def _asked(question: Executable, starts_on: date, ends_before: date) -> Iterable[Any]:
    return db.session.connection().execute(question, {"starts_on": starts_on, "ends_before": ends_before})


def _days_of(month: date, starts_on: date, ends_before: date) -> dict[str, str]:
    """The days of a month that were asked for, first and last."""
    last = min(month_range(month)[1], ends_before) - _DAY
    return {"starts_on": max(month, starts_on).isoformat(), "ends_on": last.isoformat()}


def _names() -> Mapping[str, Mapping[int, str]]:
    """Whose an account is, by its kind and owner."""
    hers = select(Account.owner_id).where(Account.kind.in_(sorted(_OF_CUSTOMERS)))
    people = db.session.execute(
        select(Customer.id, Customer.first_name, Customer.last_name).where(Customer.id.in_(hers))
    )
    customers = {owner: full_name(first, last) for owner, first, last in people}
    return {
        **dict.fromkeys(_OF_STAFF, _named(StaffMember)),
        **dict.fromkeys(_OF_CUSTOMERS, customers),
        **dict.fromkeys(_OF_BOXES, _named(Cashbox)),
        **dict.fromkeys(_OF_CATEGORIES, _named(CashCategory)),
    }


def _named(rows: type[Branch | Cashbox | CashCategory | StaffMember]) -> dict[int, str]:
    return {row.id: row.name for row in db.session.execute(select(rows.id, rows.name))}
