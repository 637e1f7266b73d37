"""Keeping a time for a few minutes, so that it is offered to nobody else meanwhile."""

from datetime import datetime, timedelta
from secrets import randbelow

from sqlalchemy.exc import DBAPIError

from ...access.rules import Actor
from ...core.db import db, refusal_of, savepoint
from ...setup.queries import profile
from ..availability.queries import laid_out
from ..availability.rules import Asked, Laid
from ..errors import REFUSALS, hold_lapsed
from ..holding.services import keep_for, queue_for, release
from ..models import SlotHold
from ..refusals.queries import refusal_at
from ..rules import meant

_NUMBERS = 2**53 - 1  # of these every script can name each


def keep(
    *,
    asked: Asked,
    starts_at: datetime,
    until: datetime | None = None,
    offer_id: int | None = None,
    actor: Actor | None,
    now: datetime,
) -> SlotHold:
    """Keep the time of a visit, as long as the salon keeps one unless it says until when; it lapses by itself.

    The hold that the visit had before is released; what a booking that is changed (`own_items`) holds already stays
    its own. `offer_id`: for whom it is kept while she answers. Raises DomainError `slot_taken`, NotFound, Invalid.
    """
    starts_at = meant(starts_at)
    release(asked.own_hold or None, branch_id=asked.branch_id, now=now)
    laid = laid_out(asked, starts_at, now)
    if laid is None:
        raise refusal_at(asked, starts_at, now)
    queue_for(laid)
    kept = SlotHold(id=_number(), branch_id=asked.branch_id, expires_at=until or _end(now), created_at=now)
    kept.offer_id = offer_id
    kept.created_by = actor.id if actor else None
    try:
        with savepoint(db.session.connection()):
            _write(kept, laid, asked)
    except DBAPIError as error:
        refusal = refusal_of(error)
        if refusal is None or refusal.code != REFUSALS["slot_taken"].code:
            raise
        raise refusal_at(asked, starts_at, now) from error
    return kept


def renew(*, hold_id: int, actor: Actor | None, now: datetime) -> SlotHold:
    """Keep a time for as long again, as whoever asked for it is still at it. Raises NotFound `hold_lapsed`."""
    kept = db.session.get(SlotHold, hold_id, populate_existing=True, with_for_update=True)
    if kept is None or kept.expires_at <= now or kept.created_by != (actor.id if actor else None):
        raise hold_lapsed()
    kept.expires_at = _end(now)
    db.session.flush()
    return kept


def let_go(*, hold_id: int, actor: Actor | None, now: datetime) -> None:
    """Release a time that one has kept; nothing when it has lapsed."""
    kept = db.session.get(SlotHold, hold_id, populate_existing=True)
    if kept is not None and kept.created_by == (actor.id if actor else None):
        release(hold_id, now=now)


def _write(kept: SlotHold, laid: list[Laid], asked: Asked) -> None:
    db.session.add(kept)
    db.session.flush()
    for one in laid:
        keep_for(kept.id, one, asked.own_items)


def _number() -> int:
    """A number that no hold had before: a screen that comes late must not release what is another's by now."""
    return randbelow(_NUMBERS) + 1


def _end(now: datetime) -> datetime:
    return now + timedelta(minutes=profile().hold_minutes)
