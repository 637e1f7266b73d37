"""Saying how the waitlist works."""

from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ...core.lengths import line_of
from ..errors import offer_minutes_invalid, web_address_invalid
from ..models import SalonProfile
from ..queries import profile
from .rules import LEAST_MINUTES, MOST_MINUTES, WaitlistTerms, is_web_address


def set_waitlist(*, terms: WaitlistTerms, actor: Actor | None, now: datetime) -> SalonProfile:
    """Say who is offered an opening first, how long it is kept, and where its links lead.

    Raises Invalid `offer_minutes_invalid`, `web_address_invalid`.
    """
    if not LEAST_MINUTES <= terms.offer_minutes <= MOST_MINUTES:
        raise offer_minutes_invalid()
    address = line_of(terms.web_address, SalonProfile.web_address)
    if address and not is_web_address(address):
        raise web_address_invalid()
    changed = profile()
    changed.waitlist_rule, changed.offer_minutes, changed.web_address = (
        terms.waitlist_rule,
        terms.offer_minutes,
        address,
    )
    db.session.flush()
    return changed
