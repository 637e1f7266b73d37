"""Lots are made, spent and written off; every change stands beside a ledger entry."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, insert, select, update

from ...core.db import db
from ...core.errors import Invalid
from ...core.jalali import local_date
from ...customers.models import Customer
from ...ledger.models import AccountKind, Unit
from ...ledger.queries import balance, branch_of_entry
from ...ledger.rules import PostingSpec
from ...ledger.services import post
from ...setup.services import ensure_fiscal_year
from ..models import Lot, LotSpend, Reward
from ..offers.rules import Award
from .queries import lots_of
from .rules import claws, expired, overdrawn_before, repaid

_NEW_LOTS = insert(Lot)
_NEW_SPENDS = insert(LotSpend)
_LOTS_OF_ENTRY = select(Lot.id, Lot.amount - Lot.remaining).where(
    Lot.entry_id == bindparam("entry"), Lot.remaining < Lot.amount
)
_TAKE = update(Lot).where(Lot.id == bindparam("lot")).values(remaining=Lot.remaining - bindparam("part"))

UNIT_OF = {Reward.POINTS: Unit.POINT, Reward.CREDIT: Unit.RIAL}
# The customer's account of a unit, and the salon's account that stands against it.
ACCOUNTS_OF = {
    Unit.RIAL: (AccountKind.CLUB_CREDIT, AccountKind.CLUB_COST),
    Unit.POINT: (AccountKind.POINTS, AccountKind.POINTS_ISSUED),
}


def award_postings(customer_id: int, unit: Unit, amount: int) -> tuple[PostingSpec, PostingSpec]:
    """The two postings that give a customer club value (a negative amount takes it)."""
    hers, ours = ACCOUNTS_OF[unit]
    return PostingSpec(ours, amount, 0, unit), PostingSpec(hers, -amount, customer_id, unit)


def keep_awards(*, customer_id: int, awards: Sequence[Award], entry_id: int) -> None:
    """Make the lots of awards that `entry_id` posted."""
    rows = [
        {
            "unit": UNIT_OF[Reward(award.reward)].value,
            "amount": award.amount,
            "valid_from": award.valid_from,
            "expires_at": award.expires_at,
            "offer_id": award.offer_id,
            "terms": award.terms,
        }
        for award in awards
    ]
    _keep_lots(customer_id, entry_id, rows)


def _keep_lots(customer_id: int, entry_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Make lots that an entry posted; what she had less than nothing is taken from them at once."""
    whole = [{**row, "customer_id": customer_id, "entry_id": entry_id, "remaining": row["amount"]} for row in rows]
    for unit in dict.fromkeys(row["unit"] for row in rows):
        mine = [row for row in whole if row["unit"] == unit]
        owed = _overdrawn(customer_id, Unit(unit), sum(row["amount"] for row in mine))
        for row, left in zip(mine, repaid([row["amount"] for row in mine], owed), strict=True):
            row["remaining"] = left
    _write_lots(entry_id, whole)


def _write_lots(entry_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """New lots; what is taken of them already is taken by the entry that made them."""
    connection = db.session.connection()
    connection.execute(_NEW_LOTS, rows)
    if any(row["remaining"] < row["amount"] for row in rows):
        taken = connection.execute(_LOTS_OF_ENTRY, {"entry": entry_id}).all()
        connection.execute(
            _NEW_SPENDS, [{"lot_id": lot, "entry_id": entry_id, "amount": amount} for lot, amount in taken]
        )


def _overdrawn(customer_id: int, unit: Unit, given: int) -> int:
    """How far below nothing she was before `given` was posted for her."""
    hers, _ours = ACCOUNTS_OF[unit]
    return overdrawn_before(given, -balance(hers, customer_id, unit))


def take_from_lots(*, parts: Sequence[tuple[int, int]], entry_id: int) -> None:
    """Take (lot id, amount) parts from lots, for an entry that moved as much; negative parts are given back."""
    connection = db.session.connection()
    connection.execute(_TAKE, [{"lot": lot, "part": part} for lot, part in parts])
    connection.execute(_NEW_SPENDS, [{"lot_id": lot, "entry_id": entry_id, "amount": part} for lot, part in parts])


def give_back(
    *,
    customer_id: int,
    spent: Sequence[tuple[int, int]],
    new_credit: int,
    reissued_until: datetime,
    entry_id: int,
    now: datetime,
) -> None:
    """Keep credit (rials) that an entry gave back: (lot id, amount) parts go to the lots they were spent from.

    What came from a lot whose days are over is reissued as a new one; `new_credit` becomes a lot that never expires.
    A balance below nothing is repaid first.
    """
    alive, over = _by_days(spent, now)
    rows = [
        *(
            _credit_lot(part, now, reissued_until, {"offer": _("اعتبار بازگشتی"), "reissues": lot})
            for lot, part in over
        ),
        *([_credit_lot(new_credit, now, None, {"offer": _("بازگشت پول خرید")})] if new_credit else []),
    ]
    amounts = [*(part for _lot, part in alive), *(row["amount"] for row in rows)]
    left = repaid(amounts, _overdrawn(customer_id, Unit.RIAL, sum(amounts)))
    kept = [(lot, -part) for (lot, _part), part in zip(alive, left, strict=False) if part]
    if kept:
        take_from_lots(parts=kept, entry_id=entry_id)
    mine = {"customer_id": customer_id, "entry_id": entry_id}
    whole = [row | mine | {"remaining": part} for row, part in zip(rows, left[len(alive) :], strict=True)]
    if whole:
        _write_lots(entry_id, whole)


def _by_days(parts: Sequence[tuple[int, int]], now: datetime) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Parts of lots that can still be used, and of those whose days are over."""
    ids = [lot for lot, _part in parts]
    over = set(db.session.scalars(select(Lot.id).where(Lot.id.in_(ids), Lot.expires_at <= now)))
    return [part for part in parts if part[0] not in over], [part for part in parts if part[0] in over]


def _credit_lot(amount: int, now: datetime, expires_at: datetime | None, terms: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit": Unit.RIAL.value,
        "amount": amount,
        "valid_from": now,
        "expires_at": expires_at,
        "offer_id": None,
        "terms": terms,
    }


def claw_back(*, customer_id: int, wanted: Mapping[Unit, int], first: Sequence[int], entry_id: int) -> None:
    """Take back club value that an entry posted: from the lots `first`, then from others, then below nothing.

    What has expired must be written off before (`write_off_expired`).
    """
    lots = lots_of(customer_id)
    parts = [part for unit, amount in wanted.items() for part in claws(lots, unit, amount, first)]
    if parts:
        take_from_lots(parts=parts, entry_id=entry_id)


def write_off_expired(*, customer_id: int, now: datetime) -> None:
    """Write off whatever of her club value has expired, so that all of her lots can be used."""
    for lot in lots_of(customer_id):
        if expired(lot, now):
            write_off(lot_id=lot.id, now=now)


def open_balance(
    *,
    branch_id: int,
    customer_id: int,
    unit: Unit,
    amount: int,
    valid_from: datetime,
    expires_at: datetime | None,
    business_date: date,
    key: str,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Bring club value in from older software, as a lot against the opening account. Gives the entry's id."""
    if amount <= 0:
        raise Invalid("amount_invalid", _("مبلغ باید بیشتر از صفر باشد."), "amount")
    entry_id = post(
        branch_id=branch_id,
        business_date=business_date,
        kind="opening",
        source_kind="customer",
        source_id=customer_id,
        idempotency_key=key,
        postings=_from_opening(customer_id, unit, amount),
        actor_id=actor_id,
        now=now,
    )
    lot = {"unit": unit.value, "amount": amount, "valid_from": valid_from, "expires_at": expires_at}
    _keep_lots(customer_id, entry_id, [lot | {"terms": {"offer": _("ماندهٔ پیشین")}}])
    return entry_id


def _from_opening(customer_id: int, unit: Unit, amount: int) -> list[PostingSpec]:
    hers, _ours = ACCOUNTS_OF[unit]
    return [PostingSpec(AccountKind.OPENING, amount, 0, unit), PostingSpec(hers, -amount, customer_id, unit)]


def write_off(*, lot_id: int, now: datetime) -> bool:
    """Write off what is left of an expired lot, in the branch that gave it; once, however often it is asked.

    Tells whether there was something.
    """
    lot = _locked(lot_id)
    if lot is None or not lot.remaining or lot.expires_at is None or lot.expires_at > now:
        return False
    ensure_fiscal_year(local_date(now))  # a year in which nothing but this happens is closed with it, too
    entry_id = post(
        branch_id=branch_of_entry(lot.entry_id),
        business_date=local_date(now),
        kind="expiry",
        source_kind="lot",
        source_id=lot.id,
        idempotency_key=f"lot:{lot.id}:expiry",
        postings=award_postings(lot.customer_id, Unit(lot.unit), -lot.remaining),
        actor_id=None,
        now=now,
    )
    take_from_lots(parts=[(lot.id, lot.remaining)], entry_id=entry_id)
    return True


def _locked(lot_id: int) -> Lot | None:
    """The lot, its customer locked before it as every till locks her: what one saw of it stays so until it is spent."""
    hers = select(Lot.customer_id).where(Lot.id == lot_id).scalar_subquery()
    db.session.execute(select(Customer.id).where(Customer.id == hers).with_for_update(key_share=True))
    whole = select(Lot).where(Lot.id == lot_id).execution_options(populate_existing=True)
    return db.session.scalar(whole)
