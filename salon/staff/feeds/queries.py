"""Reads about addresses of calendars."""

from sqlalchemy import bindparam, select

from ...core.db import db
from ..errors import feed_unknown
from ..models import StaffMember

_BY_KEY = select(StaffMember).where(StaffMember.feed_key == bindparam("key"), StaffMember.active)


def owner_of_feed(key: str) -> StaffMember:
    """Whose calendar an address is; nobody's who left. Raises NotFound `feed_unknown`."""
    found = db.session.scalar(_BY_KEY, {"key": key}) if key else None
    if found is None:
        raise feed_unknown()
    return found
