"""Lots are made, spent and written off; every change stands beside a ledger entry."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, insert, select, update

from ...core.db import db
from ...core.errors import Invalid
from ...core.jalali import local_date
from ...customers.models import Customer
from ...ledger.models import AccountKind, Unit
from ...ledger.queries import branch_of_entry
from ...ledger.rules import PostingSpec
from ...ledger.services import post
from ..models import Lot, LotSpend, Reward
from ..offers.rules import Award

_NEW_LOTS = insert(Lot)
_NEW_SPENDS = insert(LotSpend)
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
    """Make lots that an entry posted, nothing of them spent."""
    whole = [{**row, "customer_id": customer_id, "entry_id": entry_id, "remaining": row["amount"]} for row in rows]
    db.session.connection().execute(_NEW_LOTS, whole)


def take_from_lots(*, parts: Sequence[tuple[int, int]], entry_id: int) -> None:
    """Take (lot id, amount) parts from lots, for an entry that moved as much."""
    connection = db.session.connection()
    connection.execute(_TAKE, [{"lot": lot, "part": part} for lot, part in parts])
    connection.execute(_NEW_SPENDS, [{"lot_id": lot, "entry_id": entry_id, "amount": part} for lot, part in parts])


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
