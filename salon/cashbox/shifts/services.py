"""Opening and closing a shift. A till is locked by whoever counts it: what moves meanwhile comes before or after."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.jalali import local_date
from ...core.keys import KEY_REUSED
from ...core.lengths import line_of
from ...ledger.models import AccountKind
from ...ledger.queries import balance
from ...ledger.rules import PostingSpec
from ...ledger.services import post
from ...setup.services import ensure_fiscal_year
from ..boxes.queries import lock_box
from ..errors import PERIOD_CLOSED, SHIFT_OPEN, cashbox_missing, explanation_missing, not_a_till
from ..models import BoxKind, Cashbox, Shift
from .queries import (
    as_it_stands,
    last_entry,
    last_entry_on,
    open_shift_of,
    opened_by,
    shift_of,
    terminals_since,
    was_counted,
)
from .rules import SlipTotal, check_counted, reconciled


def open_shift(*, branch_id: int, cashbox_id: int, counted: int, key: str, actor: Actor | None, now: datetime) -> Shift:
    """Begin a shift with the money that was counted (rials); what the books held otherwise is posted.

    The first counting of a till ever says what it began with; later ones say what it is short or over. The same key
    again gives the same shift. Raises NotFound; Invalid; DomainError `shift_open`, `period_closed`.
    """
    box = _locked_till(branch_id, cashbox_id)
    known = opened_by(key)
    if known is not None:
        return _same(known, (known.cashbox_id, known.opening_counted) == (cashbox_id, counted))
    check_counted(counted)
    if open_shift_of(box.id) is not None:
        raise SHIFT_OPEN.again()
    is_first = not was_counted(box.id)
    shift = Shift(
        cashbox_id=box.id,
        business_date=local_date(now),
        opened_at=now,
        opened_by=actor.id if actor else None,
        opening_counted=counted,
        opening_difference=counted - balance(AccountKind.CASH, box.id),
        opening_key=key,
        explanation="",
    )
    db.session.add(shift)
    db.session.flush()
    against = AccountKind.OPENING if is_first else AccountKind.CASH_DIFFERENCE
    _post_difference(box, shift, shift.opening_difference, against, "shift_open", actor, now)
    shift.opened_after = last_entry()  # of the terminals' too: what they took until now was asked for before
    db.session.flush()
    return shift


def close_shift(
    *,
    branch_id: int,
    shift_id: int,
    counted: int,
    pieces: Mapping[int, int] | None = None,
    slips: Sequence[SlipTotal] = (),
    explanation: str = "",
    must_explain: bool = False,
    key: str,
    actor: Actor | None,
    now: datetime,
) -> Shift:
    """End a shift with the money that was counted (rials); the difference is posted, nothing in it changes any more.

    `pieces`: how many by value. The same key again gives the same answer. Raises NotFound; Invalid `counted_invalid`,
    `explanation_missing`; DomainError `period_closed`.
    """
    box = _locked_till(branch_id, shift_of(branch_id, shift_id).cashbox_id)
    shift = as_it_stands(shift_id)
    if shift.closed_at is not None:
        if shift.closing_key != key:
            raise PERIOD_CLOSED.again()
        return _same(shift, shift.counted == counted)
    expected = balance(AccountKind.CASH, box.id)
    difference = check_counted(counted) - expected
    said = line_of(explanation, Shift.explanation)
    terminals = reconciled(terminals_since(shift), slips)
    if must_explain and not said and (difference or any(_is_off(of["books"], of["slip"]) for of in terminals)):
        raise explanation_missing()
    _post_difference(box, shift, difference, AccountKind.CASH_DIFFERENCE, "shift_close", actor, now)
    shift.closed_at, shift.closed_by, shift.closing_key = now, actor.id if actor else None, key
    shift.expected, shift.counted, shift.difference = expected, counted, difference
    shift.closed_after = last_entry_on(box.id)
    shift.explanation, shift.terminals = said, terminals
    shift.pieces = {str(value): count for value, count in pieces.items() if count} if pieces else None
    db.session.flush()
    return shift


def _is_off(books: int, slip: int | None) -> bool:
    return slip is not None and slip != books


def _same(known: Shift, is_same: bool) -> Shift:
    """What was done under this key. Raises Invalid `key_reused` when something else was asked."""
    if not is_same:
        raise KEY_REUSED.again()
    return known


def _locked_till(branch_id: int, cashbox_id: int) -> Cashbox:
    """The till, while no money goes in or out of it: payments and vouchers that name it wait."""
    box = lock_box(cashbox_id)
    if box is None or box.branch_id != branch_id or not box.active:
        raise cashbox_missing()
    if box.kind != BoxKind.CASH:
        raise not_a_till()
    return box


def _post_difference(
    box: Cashbox, shift: Shift, amount: int, against: AccountKind, kind: str, actor: Actor | None, now: datetime
) -> None:
    """Bring the books to what was counted. What is missing costs, what is over earns."""
    if not amount:
        return
    ensure_fiscal_year(local_date(now))
    owner = 0 if against == AccountKind.OPENING else box.id
    post(
        branch_id=box.branch_id,
        business_date=local_date(now),
        kind=kind,
        source_kind="shift",
        source_id=shift.id,
        idempotency_key=f"shift:{shift.id}:{kind}",
        postings=[PostingSpec(AccountKind.CASH, amount, box.id), PostingSpec(against, -amount, owner)],
        actor_id=actor.id if actor else None,
        now=now,
    )
