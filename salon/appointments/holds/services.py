"""Keeping a time for a few minutes, so that it is offered to nobody else meanwhile."""

from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError

from ...access.rules import Actor
from ...core.db import db, refusal_of, savepoint
from ..availability.queries import laid_out, refusal_at
from ..availability.rules import Asked
from ..errors import REFUSALS
from ..holding.services import queue_for, release, take
from ..models import SlotHold
from ..rules import meant

KEPT_FOR = timedelta(minutes=5)


def keep(
    *,
    asked: Asked,
    starts_at: datetime,
    until: datetime | None = None,
    offer_id: int | None = None,
    actor: Actor | None,
    now: datetime,
) -> SlotHold:
    """Keep the time of a visit, for some minutes unless it says until when; it lapses by itself.

    `offer_id`: for whom it is kept while she answers. Raises DomainError `slot_taken`, NotFound, Invalid.
    """
    starts_at = meant(starts_at)
    release(None, now=now)
    laid = laid_out(asked, starts_at, now)
    if laid is None:
        raise refusal_at(asked, starts_at, now)
    queue_for(laid)
    kept = SlotHold(branch_id=asked.branch_id, expires_at=until or now + KEPT_FOR, created_at=now, offer_id=offer_id)
    kept.created_by = actor.id if actor else None
    try:
        with savepoint(db.session.connection()):
            db.session.add(kept)
            db.session.flush()
            for one in laid:
                take(one, hold_id=kept.id)
    except DBAPIError as error:
        refusal = refusal_of(error)
        if refusal not in (REFUSALS["slot_taken"], REFUSALS["resource_full"]):
            raise
        raise refusal_at(asked, starts_at, now) from error
    return kept
