"""Adding a bonus to somebody's pay, or taking a fine from it, for a reason."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.jalali import local_date
from ...core.keys import KEY_REUSED
from ...core.lengths import line_of
from ...core.money import MOST_RIALS
from ...ledger.models import AccountKind
from ...ledger.rules import PostingSpec
from ...ledger.services import post
from ...setup.services import ensure_fiscal_year
from ..errors import adjustment_kind_unknown, amount_invalid, reason_missing
from ..models import AdjustmentKind, PayAdjustment
from ..queries import person
from ..rules import fingerprint
from .queries import adjustment_known


def adjust_pay(
    *,
    branch_id: int,
    staff_id: int,
    kind: str,
    amount: int,
    reason: str,
    key: str,
    actor: Actor | None,
    now: datetime,
) -> PayAdjustment:
    """Write a bonus or a fine of today; the same key again gives the same one.

    Raises NotFound `staff_unknown`; Invalid `kind_unknown`, `amount_invalid`, `reason_missing`, `key_reused`;
    DomainError `period_closed`.
    """
    person(branch_id, staff_id, locked=True)
    why = line_of(reason, PayAdjustment.reason)
    asked = fingerprint(staff_id=staff_id, kind=kind, amount=amount, reason=why)
    known = adjustment_known(key)
    if known is not None:
        if known.fingerprint != asked:
            raise KEY_REUSED.again()
        return known
    _check(kind, amount, why)
    entry_id = _post(branch_id, staff_id, kind, amount, key, actor, now)
    written = PayAdjustment(
        branch_id=branch_id,
        staff_id=staff_id,
        kind=kind,
        amount=amount,
        reason=why,
        business_date=local_date(now),
        recorded_at=now,
        actor_id=actor.id if actor else None,
        idempotency_key=key,
        fingerprint=asked,
        entry_id=entry_id,
    )
    db.session.add(written)
    db.session.flush()
    return written


def _check(kind: str, amount: int, reason: str) -> None:
    if kind not in set(AdjustmentKind):
        raise adjustment_kind_unknown()
    if not 0 < amount <= MOST_RIALS:
        raise amount_invalid()
    if not reason:
        raise reason_missing()


def _post(branch_id: int, staff_id: int, kind: str, amount: int, key: str, actor: Actor | None, now: datetime) -> int:
    cost = amount if kind == AdjustmentKind.BONUS else -amount
    day = local_date(now)
    ensure_fiscal_year(day)
    return post(
        branch_id=branch_id,
        business_date=day,
        kind=kind,
        source_kind="staff",
        source_id=staff_id,
        idempotency_key=f"adjustment:{key}",
        postings=[
            PostingSpec(AccountKind.STAFF_COST, cost, staff_id),
            PostingSpec(AccountKind.STAFF_PAYABLE, -cost, staff_id),
        ],
        actor_id=actor.id if actor else None,
        now=now,
    )
