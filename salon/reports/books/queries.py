"""What the books say of boxes, debts, days and accounts. Half-open ranges of days; a debit is positive."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Executable, bindparam, case, func, select

from ...cashbox.models import BoxKind, Cashbox
from ...core.db import db
from ...customers.models import Customer
from ...customers.rules import full_name
from ...ledger.models import Account, AccountKind, Entry, Posting, Unit
from ...ledger.rules import CLOSING
from ..rules import Column, Kind, Report, Row, money
from .rules import account_labels

_BEFORE = Entry.business_date < bindparam("starts_on")
# Days are told as they were before their year was closed; what came to nothing by then begins with nothing.
_TELLS = _BEFORE | (Entry.kind != CLOSING)
_OPENING = func.sum(case((_BEFORE, Posting.amount), else_=0))
_ADDED = func.sum(case((_BEFORE, 0), (Posting.amount > 0, Posting.amount), else_=0))
_TAKEN = func.sum(case((_BEFORE, 0), (Posting.amount < 0, -Posting.amount), else_=0))
_POSTED = (
    select(Account.kind, Account.owner_id, Account.unit, _OPENING, _ADDED, _TAKEN)
    .join(Posting, Posting.account_id == Account.id)
    .join(Entry, Entry.id == Posting.entry_id)
    .where(Entry.business_date < bindparam("ends_before"), _TELLS)
)
_OF_OWNERS = (
    _POSTED.where(Account.kind.in_(bindparam("kinds", expanding=True)))
    .group_by(Account.kind, Account.owner_id, Account.unit)
    .order_by(Account.kind, Account.owner_id)
)
_OF_DEBTORS = (
    _POSTED.with_only_columns(
        Customer.id, Customer.code, Customer.first_name, Customer.last_name, _OPENING, _ADDED, _TAKEN
    )
    .join(Customer, Customer.id == Account.owner_id)
    .where(Account.kind == AccountKind.RECEIVABLE.value)
    .group_by(Customer.id, Customer.code, Customer.first_name, Customer.last_name)
    .having(func.sum(Posting.amount) > 0)
    .order_by(func.sum(Posting.amount).desc(), Customer.id)
)
_OF_KINDS = (
    _POSTED.with_only_columns(Account.kind, func.max(0), Account.unit, _OPENING, _ADDED, _TAKEN)
    .group_by(Account.kind, Account.unit)
    .order_by(Account.unit, Account.kind)
)
_OF_DAYS = (
    select(Entry.business_date, Entry.kind, Account.kind, func.sum(Posting.amount))
    .join(Posting, Posting.entry_id == Entry.id)
    .join(Account, Account.id == Posting.account_id)
    .where(
        Account.unit == Unit.RIAL.value,
        Entry.kind != CLOSING,
        Entry.business_date >= bindparam("starts_on"),
        Entry.business_date < bindparam("ends_before"),
    )
    .group_by(Entry.business_date, Entry.kind, Account.kind)
    .order_by(Entry.business_date)
)
_ACCOUNTS = (
    select(Account.kind, Account.owner_id.label("owner"), Account.unit, func.coalesce(func.sum(Posting.amount), 0))
    .outerjoin(Posting, Posting.account_id == Account.id)
    .group_by(Account.kind, Account.owner_id, Account.unit)
    .order_by(Account.kind, Account.owner_id, Account.unit)
)
_BOXES = tuple(kind.value for kind in BoxKind)
# Whatever an entry is: the column of what it moves.
_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys((AccountKind.REVENUE, AccountKind.PRODUCT_REVENUE, AccountKind.DISCOUNT), "sales"),
    AccountKind.TAX_PAYABLE: "tax",
    AccountKind.PREPAID: "prepaid",  # sold ahead and used: revenue on the days of their use
    AccountKind.DEPOSIT: "deposits",
    AccountKind.RECEIVABLE: "debt",
}
# What a day's sales and deposits are posted by. Vouchers, counts and what the club gives move nothing of theirs.
_OF_TRADE = {"sale", "payment", "deposit", "deposit_return", "deposit_kept", "opening"}
_MONEY_MOVES = {"payment", "deposit", "deposit_return"}
# What a day's money came by, in the order of its columns; the rest together.
_WAYS = (AccountKind.CASH, AccountKind.CARD_TERMINAL, AccountKind.BANK, AccountKind.CLUB_CREDIT)


_MOVED = (
    money("opening", _l("ماندهٔ پیشین")),
    money("in", _l("ورودی")),
    money("out", _l("خروجی")),
)
OF_BOXES = Column("cashbox", _l("صندوق")), *_MOVED, money("balance", _l("موجودی"))
OF_DEBTORS = (
    Column("customer_id", _l("شماره"), Kind.COUNT, summed=False, for_people=False),
    Column("code", _l("کد")),
    Column("customer", _l("مشتری")),
    money("opening", _l("بدهی پیشین")),
    money("added", _l("خرید")),
    money("paid", _l("پرداخت")),
    money("due", _l("بدهی")),
)
_GROUNDS = (
    money("sales", _l("فروش پیش از مالیات")),
    money("tax", _l("مالیات")),
    money("tips", _l("انعام")),
    money("prepaid", _l("تغییر پیش‌فروش")),
    money("deposits", _l("تغییر بیعانه")),
    money("rest", _l("گرد کردن و دیگر")),
)
_MEANS = (
    money("cash", _l("نقد")),
    money("card_terminal", _l("کارتخوان")),
    money("bank", _l("حساب بانکی")),
    money("club_credit", _l("اعتبار باشگاه")),
    money("other", _l("راه‌های دیگر")),
    money("debt", _l("تغییر بدهی")),
)
OF_DAYS = Column("day", _l("روز"), Kind.DAY), *_GROUNDS, *_MEANS
OF_ACCOUNTS = (
    Column("account", _l("حساب")),
    Column("unit", _l("واحد")),
    Column("opening", _l("ماندهٔ پیشین"), Kind.COUNT, summed=False),
    Column("debit", _l("بدهکار"), Kind.COUNT, summed=False),
    Column("credit", _l("بستانکار"), Kind.COUNT, summed=False),
    Column("balance", _l("مانده"), Kind.COUNT),
)


def cash_balance(starts_on: date, ends_before: date) -> Report:
    """What each box and account held before, what came and went, and what it holds."""
    boxes = {box.id: box for box in db.session.scalars(select(Cashbox).order_by(Cashbox.id))}
    moved = {row[1]: row[3:] for row in _asked(_OF_OWNERS, starts_on, ends_before, kinds=_BOXES)}
    rows = []
    for box_id in [*boxes, *(moved.keys() - boxes.keys())]:
        opening, came, went = (int(figure) for figure in moved.get(box_id, (0, 0, 0)))
        name = boxes[box_id].name if box_id in boxes else ""
        kind = boxes[box_id].kind if box_id in boxes else BoxKind.CASH.value
        cells = name, opening, came, went, opening + came - went
        rows.append(Row(cells, "movements", {"kind": kind, "owner": box_id}))
    return Report(OF_BOXES, rows, "balance")


def debtors(starts_on: date, ends_before: date) -> Report:
    """Who owes at the end, what she owed before, bought on credit and paid; the greatest debt first."""
    rows = []
    for owner, code, first, last, *figures in _asked(_OF_DEBTORS, starts_on, ends_before):
        opening, added, paid = (int(figure) for figure in figures)
        cells = owner, code, full_name(first, last), opening, added, paid, opening + added - paid
        rows.append(Row(cells, "movements", {"kind": AccountKind.RECEIVABLE.value, "owner": owner}))
    return Report(OF_DEBTORS, rows, "due")


def daily_close(starts_on: date, ends_before: date) -> Report:
    """Each day's sales and what else money was taken for, and how it came: both sides come to the same."""
    days: defaultdict[date, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for day, entry, kind, amount in _asked(_OF_DAYS, starts_on, ends_before):
        days[day][_column_of(entry, kind)] += int(amount)
    rows = [
        Row(
            (day, *(-sums[c.name] for c in _GROUNDS), *(sums[c.name] for c in _MEANS)),
            "invoices",
            {"day": str(day)},
        )
        for day, sums in days.items()
    ]
    return Report(OF_DAYS, rows, "sales")


def trial_balance(starts_on: date, ends_before: date) -> Report:
    """Each kind of account before, debits and credits, and after; it sums to nothing in each unit."""
    labels, units = account_labels(), {Unit.RIAL: _("ریال"), Unit.POINT: _("امتیاز")}
    rows = []
    for kind, _owner, unit, *figures in _asked(_OF_KINDS, starts_on, ends_before):
        opening, debit, credit = (int(figure) for figure in figures)
        cells = labels.get(kind, kind), units[unit], opening, debit, credit, opening + debit - credit
        rows.append(Row(cells, "movements", {"kind": kind}))
    return Report(OF_ACCOUNTS, rows, "balance")


def accounts(kind: str | None = None) -> list[Mapping[str, Any]]:
    """Every account with its balance, over all branches; each unit sums to zero when all kinds are asked for."""
    asked = _ACCOUNTS.where(Account.kind == kind) if kind else _ACCOUNTS
    return [
        {"kind": kind, "owner": owner, "unit": unit, "balance": int(balance)}
        for kind, owner, unit, balance in db.session.execute(asked)
    ]


def _asked(question: Executable, starts_on: date, ends_before: date, **more: Any) -> Iterable[Any]:
    return db.session.connection().execute(question, {"starts_on": starts_on, "ends_before": ends_before, **more})


def _column_of(entry: str, kind: str) -> str:
    """The column of the daily close that an amount belongs to."""
    if entry not in _OF_TRADE:
        return "apart"
    if kind in _COLUMNS:
        return _COLUMNS[kind]
    if entry in _MONEY_MOVES:
        return kind if kind in _WAYS else "other"
    return "tips" if kind == AccountKind.STAFF_PAYABLE else "rest"
