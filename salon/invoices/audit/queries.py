"""Where invoices disagree with their lines, settlements or postings."""

from typing import Any

from sqlalchemy import ColumnElement, Executable, case, func, select

from ...core.db import db
from ...ledger.models import Account, AccountKind, Entry, Posting
from ..models import Invoice, InvoiceLine, Payment, Settlement


def verify_invoices() -> list[str]:
    """What is off; empty when every invoice is explained by its lines, settlements and postings."""
    return [*_against_lines(), *_against_payments(), *_against_postings(), *_against_numbers()]


def _against_lines() -> list[str]:
    lines = (
        select(InvoiceLine.invoice_id, _sum(InvoiceLine.net).label("net"), _sum(InvoiceLine.tax).label("tax"))
        .group_by(InvoiceLine.invoice_id)
        .subquery()
    )
    net, tax = func.coalesce(lines.c.net, 0), func.coalesce(lines.c.tax, 0)
    wrong = (
        select(Invoice.id, Invoice.net, net, Invoice.tax, tax)
        .outerjoin(lines, lines.c.invoice_id == Invoice.id)
        .where((Invoice.net != net) | (Invoice.tax != tax))
    )
    return [f"invoice {row[0]}: net {row[1]} and tax {row[3]}, its lines {row[2]} and {row[4]}" for row in _rows(wrong)]


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


def _against_postings() -> list[str]:
    moved = (
        select(
            Entry.source_id,
            _of(AccountKind.RECEIVABLE).label("receivable"),
            _of(AccountKind.REVENUE).label("revenue"),
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


def _against_numbers() -> list[str]:
    """Numbers without gaps per branch and Jalali year."""
    counted = (
        select(Invoice.branch_id, Invoice.jalali_year, func.count(), func.max(Invoice.number))
        .where(Invoice.number.is_not(None))
        .group_by(Invoice.branch_id, Invoice.jalali_year)
        .having(func.count() != func.max(Invoice.number))
    )
    return [
        f"branch {branch}, year {year}: {count} invoices, the last number is {last}"
        for branch, year, count, last in _rows(counted)
    ]


def _sum(column: Any) -> ColumnElement[int]:
    return func.sum(column)


def _of(kind: AccountKind) -> ColumnElement[int]:
    return func.sum(case((Account.kind == kind.value, Posting.amount), else_=0))


def _rows(question: Executable) -> list[Any]:
    return list(db.session.execute(question))
