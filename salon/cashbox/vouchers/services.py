"""Writing vouchers, and taking mistakes back by another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from ...access.rules import Actor, permissions_of
from ...core.db import db
from ...core.jalali import local_date
from ...core.keys import KEY_REUSED
from ...core.lengths import line_of
from ...core.money import MOST_RIALS, Currency, with_unit
from ...core.permissions import Permission
from ...ledger.models import AccountKind
from ...ledger.services import post
from ...setup.queries import profile
from ...setup.services import ensure_fiscal_year
from ...staff.queries import all_staff
from ..boxes.queries import category_of, held_in, lock_boxes
from ..errors import (
    PERIOD_CLOSED,
    VOUCHER_REVERSED,
    amount_invalid,
    cashbox_unknown,
    category_unknown,
    day_ahead,
    pay_elsewhere,
    receiver_unknown,
    same_box,
    till_short,
    voucher_forbidden,
    voucher_reverses,
)
from ..models import BoxKind, Cashbox, Voucher, VoucherKind
from .queries import counted_until, is_reversed, voucher_of, written_by
from .rules import DIRECTION_OF, TO_STAFF, Place, VoucherSpec, fingerprint, postings_of, spec_of

_OWNERS_ALONE = {VoucherKind.WITHDRAWAL: Permission.OWNER_WITHDRAWALS, VoucherKind.PAY: Permission.PAY_WRITE}


def record_voucher(*, branch_id: int, spec: VoucherSpec, key: str, actor: Actor | None, now: datetime) -> Voucher:
    """Write a voucher and move its money in one entry; the same key again gives the same voucher.

    Raises Invalid at its field; Forbidden; DomainError `period_closed`, `till_short`.
    """
    _check_actor(spec.kind, actor)
    spec = _trimmed(spec)
    boxes = _locked(branch_id, spec)
    known = _known(key, fingerprint(spec))
    if known is not None:
        return known
    _check(branch_id, spec, local_date(now))
    return _write(branch_id, spec, boxes, key, actor, now, None)


def reverse_voucher(
    *, branch_id: int, voucher_id: int, note: str = "", key: str, actor: Actor | None, now: datetime
) -> Voucher:
    """Take a voucher back by another of today; the same key again gives the same one.

    Raises NotFound; Forbidden; DomainError `voucher_reversed`, `voucher_reverses`, `pay_elsewhere`, `till_short`,
    `period_closed`.
    """
    wrong = voucher_of(branch_id, voucher_id)
    if wrong.kind == VoucherKind.PAY:
        raise pay_elsewhere()
    return _reverse(wrong, note, key, actor, now)


def reverse_pay(*, branch_id: int, voucher_id: int, key: str, actor: Actor | None, now: datetime) -> Voucher:
    """Likewise for a voucher of pay, whose statement is to be told of it."""
    return _reverse(voucher_of(branch_id, voucher_id), "", key, actor, now)


def _reverse(wrong: Voucher, note: str, key: str, actor: Actor | None, now: datetime) -> Voucher:
    branch_id = wrong.branch_id
    _check_actor(VoucherKind(wrong.kind), actor)
    if wrong.reverses_id is not None:
        raise voucher_reverses()
    spec = _trimmed(replace(spec_of(wrong), note=note, business_date=None))
    boxes = _locked(branch_id, spec, also_closed=True)
    known = _known(key, fingerprint(spec, wrong.id))
    if known is not None:
        return known
    if is_reversed(wrong.id):
        raise VOUCHER_REVERSED.again()
    return _write(branch_id, spec, boxes, key, actor, now, wrong)


def _check_actor(kind: VoucherKind, actor: Actor | None) -> None:
    needed = _OWNERS_ALONE.get(kind)
    if actor is not None and needed is not None and needed not in permissions_of(actor.role):
        raise voucher_forbidden()


def _trimmed(spec: VoucherSpec) -> VoucherSpec:
    """What its kind has no use for is left out; texts as their columns keep them."""
    return replace(
        spec,
        to_cashbox_id=spec.to_cashbox_id if spec.kind == VoucherKind.TRANSFER else None,
        category_id=spec.category_id if spec.kind in DIRECTION_OF else None,
        staff_id=spec.staff_id if spec.kind in TO_STAFF else None,
        party=line_of(spec.party, Voucher.party),
        note=line_of(spec.note, Voucher.note),
    )


def _locked(branch_id: int, spec: VoucherSpec, *, also_closed: bool = False) -> dict[int, Cashbox]:
    """The boxes of a voucher, locked until it is written; by number, so that two never wait for each other.

    Raises Invalid `cashbox_unknown`, `same_box`.
    """
    wanted = {"cashbox_id": spec.cashbox_id}
    if spec.kind == VoucherKind.TRANSFER:
        wanted["to_cashbox_id"] = spec.to_cashbox_id or 0
    boxes = {box.id: box for box in lock_boxes(branch_id, set(wanted.values())) if box.active or also_closed}
    for field, cashbox_id in wanted.items():
        if cashbox_id not in boxes:
            raise cashbox_unknown(field)
    if len(boxes) < len(wanted):
        raise same_box()
    return boxes


def _known(key: str, asked: str) -> Voucher | None:
    known = written_by(key)
    if known is not None and known.fingerprint != asked:
        raise KEY_REUSED.again()
    return known


def _check(branch_id: int, spec: VoucherSpec, today: date) -> None:
    if not 0 < spec.amount <= MOST_RIALS:
        raise amount_invalid()
    if spec.business_date is not None:
        _check_day(spec, spec.business_date, today)
    direction = DIRECTION_OF.get(spec.kind)
    category = category_of(spec.category_id or 0)
    if direction is not None and (category is None or category.direction != direction or not category.active):
        raise category_unknown()
    if spec.kind in TO_STAFF and spec.staff_id not in {member.id for member in all_staff(branch_id)}:
        raise receiver_unknown()


def _check_day(spec: VoucherSpec, day: date, today: date) -> None:
    """A day that is not to come, and was not counted yet."""
    if day > today:
        raise day_ahead()
    for cashbox_id in filter(None, (spec.cashbox_id, spec.to_cashbox_id)):
        counted = counted_until(cashbox_id)
        if day < today and counted is not None and day <= counted:
            raise PERIOD_CLOSED.again()


def _write(
    branch_id: int,
    spec: VoucherSpec,
    boxes: dict[int, Cashbox],
    key: str,
    actor: Actor | None,
    now: datetime,
    wrong: Voucher | None,
) -> Voucher:
    day = spec.business_date or local_date(now)
    places = {box.id: Place(box.id, BoxKind(box.kind)) for box in boxes.values()}
    postings = postings_of(spec, places[spec.cashbox_id], places.get(spec.to_cashbox_id or 0), back=wrong is not None)
    out_of = {of.owner_id: of.amount for of in postings if of.amount < 0 and of.kind == AccountKind.CASH}
    _check_holdings([box for box in boxes.values() if box.kind == BoxKind.CASH], out_of)
    ensure_fiscal_year(day)
    entry_id = post(
        branch_id=branch_id,
        business_date=day,
        kind=spec.kind.value,
        source_kind="voucher",
        source_id=spec.cashbox_id,
        idempotency_key=f"voucher:{key}",
        postings=postings,
        actor_id=actor.id if actor else None,
        now=now,
        reverses_id=wrong.entry_id if wrong else None,
    )
    written = Voucher(
        **{**vars(spec), "kind": spec.kind.value, "business_date": day},
        branch_id=branch_id,
        recorded_at=now,
        actor_id=actor.id if actor else None,
        idempotency_key=key,
        fingerprint=fingerprint(spec, wrong.id if wrong else None),
        entry_id=entry_id,
        reverses_id=wrong.id if wrong else None,
    )
    db.session.add(written)
    db.session.flush()
    return written


def _check_holdings(boxes: Sequence[Cashbox], taken: dict[int, int]) -> None:
    """A drawer can't hold less than nothing; if its books say so, a receipt is missing, and counting it tells.

    Banks and terminals may: their own statements come later than the money. Raises DomainError `till_short`.
    """
    for box in boxes:
        held = held_in(box) if box.id in taken else 0
        if held + taken.get(box.id, 0) < 0:
            raise till_short(with_unit(held, Currency(profile().currency)))
