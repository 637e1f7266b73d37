"""Where statements of pay disagree with the postings."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from ...cashbox.models import Voucher, VoucherKind
from ...core.db import db
from ...ledger.models import Account, AccountKind, Entry, Posting, Unit
from ..models import AdjustmentKind, PayAdjustment, PayPayment, PayPeriodAmount, PayStatement, PayStatementItem
from ..queries import PAID, all_sums

_OF_STAFF = (Account.kind == AccountKind.STAFF_PAYABLE.value, Account.unit == Unit.RIAL.value)


def verify_payroll() -> list[str]:
    """What is off; empty when statements hold what they say, are paid as the boxes say, and add up to the accounts."""
    paid = _paid()
    return [*_totals(), *_foreign(), *_chains(paid), *_ends(paid), *_payments(), *_parts(), *_adjustments()]


def _totals() -> Iterator[str]:
    """What a statement comes to is what it begins with, and what it holds."""
    rows = db.session.execute(
        select(PayStatement.id, PayStatement.opening, PayStatement.total, func.coalesce(func.sum(Posting.amount), 0))
        .outerjoin(PayStatementItem, PayStatementItem.statement_id == PayStatement.id)
        .outerjoin(Posting, Posting.id == PayStatementItem.posting_id)
        .group_by(PayStatement.id)
        .order_by(PayStatement.id)
    )
    for key, opening, total, held in rows:
        if opening - held != total:
            yield f"pay statement {key}: {total}, but it begins with {opening} and holds {-held}"


def _foreign() -> Iterator[str]:
    """A statement holds movements of its own person's account, of its days or before, and no payments."""
    rows = db.session.scalars(
        select(PayStatementItem.id)
        .join(PayStatement, PayStatement.id == PayStatementItem.statement_id)
        .join(Posting, Posting.id == PayStatementItem.posting_id)
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            (Account.kind != AccountKind.STAFF_PAYABLE.value)
            | (Account.owner_id != PayStatement.staff_id)
            | (Entry.kind == PAID)
            | (Entry.business_date >= PayStatement.ends_before)
        )
        .order_by(PayStatementItem.id)
    )
    yield from (f"pay statement item {key}: is none of this statement's" for key in rows)


def _paid() -> dict[int, int]:
    """What was paid of each statement."""
    amount = case((Voucher.reverses_id.is_not(None), -Voucher.amount), else_=Voucher.amount)
    rows = db.session.execute(
        select(PayPayment.statement_id, func.sum(amount))
        .join(Voucher, Voucher.id == PayPayment.voucher_id)
        .group_by(PayPayment.statement_id)
    )
    return {statement: int(total) for statement, total in rows}


def _by_person() -> dict[int, list[PayStatement]]:
    found: dict[int, list[PayStatement]] = {}
    for one in db.session.scalars(select(PayStatement).order_by(PayStatement.staff_id, PayStatement.starts_on)):
        found.setdefault(one.staff_id, []).append(one)
    return found


def _chains(paid: dict[int, int]) -> Iterator[str]:
    """A statement begins with what was left of the one before, and after its days."""
    for statements in _by_person().values():
        if statements[0].opening:
            yield f"pay statement {statements[0].id}: is the first, yet begins with {statements[0].opening}"
        for before, after in pairwise(statements):
            left = before.total - paid.get(before.id, 0)
            if after.opening != left:
                yield f"pay statement {after.id}: begins with {after.opening}, but {left} was left of the one before"
            if after.starts_on < before.ends_before:
                yield f"pay statement {after.id}: begins within the days of the one before"


def _ends(paid: dict[int, int]) -> Iterator[str]:
    """What is left of the last statement and what none holds yet are her account."""
    sums, statements = all_sums(), _by_person()
    accounts = select(Account.owner_id, func.sum(Posting.amount)).join(Account, Account.id == Posting.account_id)
    balances = {
        owner: int(of) for owner, of in db.session.execute(accounts.where(*_OF_STAFF).group_by(Account.owner_id))
    }
    for staff_id, balance in sorted(balances.items()):
        last = statements.get(staff_id, [None])[-1]
        left = 0 if last is None else last.total - paid.get(last.id, 0)
        if left + sums[staff_id].waiting != -balance:
            yield f"staff {staff_id}: {left} of statements and {sums[staff_id].waiting} of none, but owed {-balance}"


def _payments() -> Iterator[str]:
    """Each voucher of pay is a payment of a statement of the same person, and each payment such a voucher."""
    wrong = aliased(PayPayment, name="wrong")
    loose = (
        select(Voucher.id)
        .outerjoin(wrong, wrong.voucher_id == Voucher.id)
        .where(Voucher.kind == VoucherKind.PAY.value, wrong.id.is_(None))
    )
    yield from (f"voucher {key}: pays no statement" for key in db.session.scalars(loose.order_by(Voucher.id)))
    strange = (
        select(PayPayment.id)
        .join(Voucher, Voucher.id == PayPayment.voucher_id)
        .join(PayStatement, PayStatement.id == PayPayment.statement_id)
        .where((Voucher.kind != VoucherKind.PAY.value) | (Voucher.staff_id != PayStatement.staff_id))
    )
    yield from (f"pay payment {key}: its voucher pays somebody else" for key in db.session.scalars(strange))


def _parts() -> Iterator[str]:
    """Salary and rent of a statement are posted as they were counted."""
    said: Counter[int] = Counter()
    parts = (
        select(PayStatement.entry_id, PayStatement.id, func.sum(PayPeriodAmount.amount))
        .join(PayPeriodAmount, PayPeriodAmount.statement_id == PayStatement.id)
        .group_by(PayStatement.id)
    )
    for entry_id, key, amount in db.session.execute(parts):
        if entry_id is None:
            yield f"pay statement {key}: its salary or rent is not posted"
        said[entry_id or 0] -= int(amount)
    posted = (
        select(Posting.entry_id, func.sum(Posting.amount))
        .join(Account, Account.id == Posting.account_id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.kind == "salary", *_OF_STAFF)
        .group_by(Posting.entry_id)
    )
    for entry_id, amount in db.session.execute(posted):
        said[entry_id] -= int(amount)
    yield from (
        f"entry {key}: salary and rent are {off} off what was counted" for key, off in said.items() if off and key
    )


def _adjustments() -> Iterator[str]:
    """A bonus or a fine has moved what it says."""
    rows = db.session.execute(
        select(PayAdjustment, Posting.amount, Entry.kind)
        .join(Entry, Entry.id == PayAdjustment.entry_id)
        .outerjoin(Posting, Posting.entry_id == Entry.id)
        .outerjoin(Account, Account.id == Posting.account_id)
        .where(*_OF_STAFF)
    )
    seen = set()
    for written, amount, kind in rows:
        seen.add(written.id)
        said = -written.amount if written.kind == AdjustmentKind.BONUS else written.amount
        if (amount, kind) != (said, written.kind):
            yield f"pay adjustment {written.id}: its entry {written.entry_id} moves something else"
    for key in db.session.scalars(select(PayAdjustment.id)):
        if key not in seen:
            yield f"pay adjustment {key}: its entry moves nothing of the staff"
