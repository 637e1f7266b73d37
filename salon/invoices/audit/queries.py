"""Where invoices disagree with their lines, settlements or postings."""

from typing import Any

from sqlalchemy import ColumnElement, Executable, case, func, select

from ...cashbox.models import PaymentMethod
from ...cashbox.rules import ACCOUNT_OF_METHOD
from ...core.db import db
from ...ledger.models import Account, AccountKind, Entry, Posting
from ...setup.models import FiscalYear, RunningNumber
from ..models import Invoice, InvoiceLine, InvoiceStatus, Payment, Settlement, Tip
from ..outcomes.queries import verify_awaited
from ..packages.audit.queries import verify_sessions
from ..pay.audit.queries import verify_pay
from ..returns.audit.queries import verify_returns

_ACCOUNT = case(
    {method.value: kind.value for method, kind in ACCOUNT_OF_METHOD.items()},
    value=Payment.method,
    else_=AccountKind.CLUB_CREDIT.value,
)
_LAST = func.max(Invoice.number)
# Sessions sold ahead; when they are used, they pay as money does.
_SOLD_AHEAD = func.sum(
    case(((Account.kind == AccountKind.PREPAID.value) & (Entry.kind == "sale"), Posting.amount), else_=0)
)
_SALE_OF_INVOICE = (Entry.source_id == Invoice.id) & (Entry.source_kind == "invoice") & (Entry.kind == "sale")


def verify_invoices() -> list[str]:
    """What is off; empty when every invoice is explained by its lines, settlements and postings."""
    return [
        *_against_lines(),
        *_against_payments(),
        *_against_settlements(),
        *_against_status(),
        *_against_postings(),
        *_against_accounts(),
        *_against_customers(),
        *_against_buyers(),
        *_against_days(),
        *_against_numbers(),
        *_against_running_numbers(),
        *_without_invoice(),
        *_against_tips(),
        *verify_awaited(),
        *verify_returns(),
        *verify_pay(),
        *verify_sessions(),
    ]


def _against_lines() -> list[str]:
    lines = (
        select(
            InvoiceLine.invoice_id,
            _sum(InvoiceLine.net).label("net"),
            _sum(InvoiceLine.tax).label("tax"),
            _sum(InvoiceLine.discount + InvoiceLine.shared_discount).label("discount"),
        )
        .group_by(InvoiceLine.invoice_id)
        .subquery()
    )
    net, tax, discount = (func.coalesce(column, 0) for column in (lines.c.net, lines.c.tax, lines.c.discount))
    wrong = (
        select(Invoice.id, Invoice.net, Invoice.tax, Invoice.discount, net, tax, discount)
        .outerjoin(lines, lines.c.invoice_id == Invoice.id)
        .where((Invoice.net != net) | (Invoice.tax != tax) | (Invoice.discount != discount))
    )
    return [
        f"invoice {row[0]}: net {row[1]}, tax {row[2]}, discount {row[3]}; its lines {row[4]}, {row[5]}, {row[6]}"
        for row in _rows(wrong)
    ]


def _against_payments() -> list[str]:
    payments = (
        select(Settlement.invoice_id, _sum(Payment.amount).label("paid"))
        .join(Payment, Payment.settlement_id == Settlement.id)
        .group_by(Settlement.invoice_id)
        .subquery()
    )
    paid = func.coalesce(payments.c.paid, 0)
    wrong = (
        select(Invoice.id, Invoice.paid, paid)
        .outerjoin(payments, payments.c.invoice_id == Invoice.id)
        .where(Invoice.paid != paid)
    )
    return [f"invoice {row[0]}: paid {row[1]}, its payments {row[2]}" for row in _rows(wrong)]


def _against_settlements() -> list[str]:
    """Each act of paying says what its payments say."""
    paid, used, left = func.coalesce(_sum(Payment.amount), 0), _by(PaymentMethod.CREDIT), _by(PaymentMethod.DEPOSIT)
    said = (Settlement.paid, Settlement.credit_used, Settlement.deposit_used)
    wrong = (
        select(Settlement.id, *said, paid, used, left)
        .outerjoin(Payment, Payment.settlement_id == Settlement.id)
        .group_by(Settlement.id, *said)
        .having((said[0] != paid) | (said[1] != used) | (said[2] != left))
    )
    return [
        f"settlement {row[0]}: paid {row[1]}, of it {row[2]} credit and {row[3]} deposit;"
        f" its payments {row[4]}, {row[5]} and {row[6]}"
        for row in _rows(wrong)
    ]


def _against_tips() -> list[str]:
    """An invoice says what its tips say, and these lie on the accounts of their people."""
    said = select(Tip.invoice_id, func.sum(Tip.amount).label("amount")).group_by(Tip.invoice_id).subquery()
    tips = func.coalesce(said.c.amount, 0)
    wrong = (
        select(Invoice.id, Invoice.tips, tips)
        .outerjoin(said, said.c.invoice_id == Invoice.id)
        .where(Invoice.tips != tips)
    )
    owed = (
        select(Tip.invoice_id.label("sale"), Tip.staff_id.label("whose"), Tip.amount.label("amount"))
        .join(Invoice, Invoice.id == Tip.invoice_id)
        .where(Invoice.number.is_not(None))
    )
    held = (
        select(Entry.source_id, Account.owner_id, Posting.amount)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Entry.source_kind == "invoice", Entry.kind == "sale", Account.kind == AccountKind.STAFF_PAYABLE.value)
    )
    both = owed.union_all(held).subquery()
    off = _sum(both.c.amount)
    unpaid = select(both.c.sale, both.c.whose, off).group_by(both.c.sale, both.c.whose).having(off != 0)
    return [
        *(f"invoice {row[0]}: {row[1]} of tips, its people get {row[2]}" for row in _rows(wrong)),
        *(f"invoice {row[0]}: the tip of staff {row[1]} differs by {row[2]} from the ledger" for row in _rows(unpaid)),
    ]


def _against_status() -> list[str]:
    """Settled is what nothing is due of; anything else that was issued is open."""
    issued, nothing_due = Invoice.number.is_not(None), Invoice.total == Invoice.paid
    fits = case(
        (~issued, Invoice.status == InvoiceStatus.DRAFT.value),
        (nothing_due, Invoice.status == InvoiceStatus.SETTLED.value),
        else_=Invoice.status == InvoiceStatus.OPEN.value,
    )
    wrong = select(Invoice.id, Invoice.status, Invoice.total - Invoice.paid).where(~fits)
    return [f"invoice {row[0]}: is {row[1]} though {row[2]} is due" for row in _rows(wrong)]


def _against_postings() -> list[str]:
    moved = (
        select(
            Entry.source_id,
            _of(AccountKind.RECEIVABLE).label("receivable"),
            (
                _of(AccountKind.REVENUE) + _of(AccountKind.PRODUCT_REVENUE) + _of(AccountKind.DISCOUNT) + _SOLD_AHEAD
            ).label("revenue"),
            _of(AccountKind.TAX_PAYABLE).label("tax"),
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .join(Account, Account.id == Posting.account_id)
        .where(Entry.source_kind == "invoice")
        .group_by(Entry.source_id)
        .subquery()
    )
    issued = Invoice.number.is_not(None)
    owed = case((issued, Invoice.total - Invoice.paid), else_=0)
    sold, taxed = case((issued, -Invoice.net), else_=0), case((issued, -Invoice.tax), else_=0)
    found = [func.coalesce(column, 0) for column in (moved.c.receivable, moved.c.revenue, moved.c.tax)]
    wrong = (
        select(Invoice.id, owed, *found)
        .outerjoin(moved, moved.c.source_id == Invoice.id)
        .where((owed != found[0]) | (sold != found[1]) | (taxed != found[2]))
    )
    return [
        f"invoice {row[0]}: {row[1]} is due; the ledger holds {row[2]} receivable, {row[3]} revenue, {row[4]} tax"
        for row in _rows(wrong)
    ]


def _against_accounts() -> list[str]:
    """What came in by each method lies on the account of that method."""
    said = (
        select(Settlement.invoice_id.label("whose"), _ACCOUNT.label("kind"), Payment.amount.label("amount"))
        .select_from(Payment)
        .join(Settlement, Settlement.id == Payment.settlement_id)
    )
    held = (
        select(Entry.source_id, Account.kind, -Posting.amount)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Entry.source_kind == "invoice", Entry.kind == "payment", Account.kind != AccountKind.RECEIVABLE.value)
    )
    both = said.union_all(held).subquery()
    off = _sum(both.c.amount)
    wrong = select(both.c.whose, both.c.kind, off).group_by(both.c.whose, both.c.kind).having(off != 0)
    return [f"invoice {row[0]}: its payments and the ledger differ by {row[2]} on {row[1]}" for row in _rows(wrong)]


def _against_customers() -> list[str]:
    """Each customer owes what is due of her invoices."""
    said = select(Invoice.customer_id.label("whose"), (Invoice.total - Invoice.paid).label("amount"))
    held = (
        select(Account.owner_id, -Posting.amount)
        .join(Account, Account.id == Posting.account_id)
        .where(Account.kind == AccountKind.RECEIVABLE.value)
    )
    both = said.where(Invoice.number.is_not(None)).union_all(held).subquery()
    off = _sum(both.c.amount)
    wrong = select(both.c.whose, off).group_by(both.c.whose).having(off != 0)
    return [
        f"customer {row[0]}: her invoices and the ledger differ by {row[1]} on what she owes" for row in _rows(wrong)
    ]


def _against_buyers() -> list[str]:
    """What was sold is owed by her whose invoice it is."""
    said = select(Invoice.id.label("sale"), Invoice.customer_id.label("whose"), Invoice.total.label("amount"))
    held = (
        select(Entry.source_id, Account.owner_id, -Posting.amount)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(Account, Account.id == Posting.account_id)
        .where(Entry.source_kind == "invoice", Entry.kind == "sale", Account.kind == AccountKind.RECEIVABLE.value)
    )
    both = said.where(Invoice.number.is_not(None)).union_all(held).subquery()
    off = _sum(both.c.amount)
    wrong = select(both.c.sale, both.c.whose, off).group_by(both.c.sale, both.c.whose).having(off != 0)
    return [f"invoice {row[0]}: differs by {row[2]} from what was sold to customer {row[1]}" for row in _rows(wrong)]


def _against_days() -> list[str]:
    """An invoice stands in the year of its day, and its sale on that day."""
    begins, ends = FiscalYear.starts_on, FiscalYear.ends_before
    wrong = (
        select(Invoice.id, Invoice.business_date, Invoice.jalali_year, Entry.business_date)
        .outerjoin(FiscalYear, FiscalYear.jalali_year == Invoice.jalali_year)
        .outerjoin(Entry, _SALE_OF_INVOICE)
        .where(Invoice.number.is_not(None))
        .where(
            FiscalYear.id.is_(None)
            | (Invoice.business_date < begins)
            | (Invoice.business_date >= ends)
            | (Entry.business_date != Invoice.business_date)
        )
    )
    return [f"invoice {row[0]}: of {row[1]}, numbered in {row[2]}, sold on {row[3]}" for row in _rows(wrong)]


def _without_invoice() -> list[str]:
    """Entries whose invoice is gone."""
    wrong = (
        select(Entry.id, Entry.source_id)
        .outerjoin(Invoice, Invoice.id == Entry.source_id)
        .where(Entry.source_kind == "invoice", Invoice.id.is_(None))
    )
    return [f"entry {row[0]}: there is no invoice {row[1]}" for row in _rows(wrong)]


def _against_numbers() -> list[str]:
    """Numbers without gaps per branch and Jalali year."""
    counted = (
        select(Invoice.branch_id, Invoice.jalali_year, func.count(), func.min(Invoice.number), _LAST)
        .where(Invoice.number.is_not(None))
        .group_by(Invoice.branch_id, Invoice.jalali_year)
        .having((func.count() != _LAST) | (func.min(Invoice.number) != 1))
    )
    return [
        f"branch {branch}, year {year}: {count} invoices, numbered from {first} to {last}"
        for branch, year, count, first, last in _rows(counted)
    ]


def _against_running_numbers() -> list[str]:
    """The last number that was given is on an invoice: none at the end is missing."""
    given = (
        select(RunningNumber.branch_id, RunningNumber.jalali_year, RunningNumber.last, func.coalesce(_LAST, 0))
        .outerjoin(
            Invoice,
            (Invoice.branch_id == RunningNumber.branch_id) & (Invoice.jalali_year == RunningNumber.jalali_year),
        )
        .where(RunningNumber.kind == "invoice")
        .group_by(RunningNumber.id, RunningNumber.branch_id, RunningNumber.jalali_year, RunningNumber.last)
        .having(RunningNumber.last != func.coalesce(_LAST, 0))
    )
    return [
        f"branch {branch}, year {year}: number {last} was given, the last invoice has {found}"
        for branch, year, last, found in _rows(given)
    ]


def _sum(column: Any) -> ColumnElement[int]:
    return func.sum(column)


def _by(method: PaymentMethod) -> ColumnElement[int]:
    return func.coalesce(_sum(case((Payment.method == method.value, Payment.amount), else_=0)), 0)


def _of(kind: AccountKind) -> ColumnElement[int]:
    return func.sum(case((Account.kind == kind.value, Posting.amount), else_=0))


def _rows(question: Executable) -> list[Any]:
    return list(db.session.execute(question))
