"""Verbs about addresses of calendars."""

import secrets
from datetime import datetime

from ...access.rules import Actor
from ...core.db import db
from ..models import StaffMember
from ..queries import staff_member

_BYTES = 32  # 43 letters of an address, which nobody guesses


def renew_feed(*, staff_id: int, actor: Actor | None, now: datetime) -> StaffMember:
    """Give her calendar an address; the one of before leads nowhere any more. Raises NotFound `staff_unknown`."""
    member = staff_member(staff_id)
    member.feed_key = secrets.token_urlsafe(_BYTES)
    db.session.flush()
    return member


def end_feed(*, staff_id: int, actor: Actor | None, now: datetime) -> StaffMember:
    """Take the address of her calendar back. Raises NotFound `staff_unknown`."""
    member = staff_member(staff_id)
    member.feed_key = None
    db.session.flush()
    return member
