"""Everything that can be brought in, and the storing of one unit of it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from ..core.db import db, refusal_of
from ..setup.models import SalonProfile
from .bookings.missed.services import CANCELLATIONS, NO_SHOWS
from .bookings.services import APPOINTMENTS
from .menu.services import PRODUCTS, SERVICES
from .openings.services import CREDIT, DEBTS, POINTS, SESSIONS
from .people.services import CUSTOMERS, STAFF
from .receipts.services import INVOICES
from .rules import Books, Kind, Stored, Unit

KINDS: dict[str, Kind[Any]] = {
    kind.name: kind
    for kind in (
        CUSTOMERS,
        STAFF,
        SERVICES,
        PRODUCTS,
        APPOINTMENTS,
        CANCELLATIONS,
        NO_SHOWS,
        INVOICES,
        DEBTS,
        POINTS,
        CREDIT,
        SESSIONS,
    )
}


def wait_for_others() -> None:
    """Let one batch be stored at a time: whoever brings the same file in too then finds its rows there."""
    db.session.execute(select(SalonProfile.id).with_for_update(key_share=True))


def store_unit(kind: Kind[Any], unit: Unit[Any], books: Books) -> Stored:
    """Store the rows of a unit: all of them, or none when one is refused. Raises DomainError."""
    try:
        with db.session.begin_nested():
            return kind.store(unit.fact, books)
    except DBAPIError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
