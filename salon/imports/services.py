"""Everything that can be brought in, and the storing of one bundle of it."""

from typing import Any

from sqlalchemy.exc import DBAPIError

from ..core.db import db, refusal_of
from .bookings.missed.services import CANCELLATIONS, NO_SHOWS
from .bookings.services import APPOINTMENTS
from .menu.services import PRODUCTS, SERVICES
from .openings.services import CREDIT, DEBTS, POINTS, SESSIONS
from .people.services import CUSTOMERS, STAFF
from .receipts.services import INVOICES
from .rules import Books, Bundle, Kind, Stored

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


def store_bundle(kind: Kind[Any], bundle: Bundle[Any], books: Books) -> Stored:
    """Store the rows of a bundle: all of them, or none when one is refused. Raises DomainError."""
    try:
        with db.session.begin_nested():
            return kind.store(bundle.fact, books)
    except DBAPIError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
