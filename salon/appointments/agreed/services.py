"""Agrees anew what touch-ups cost, when a visit moves or the one before it is called off."""

from sqlalchemy import bindparam, update

from ...core.db import db
from ..availability.rules import begins_of
from ..holding.queries import as_booked
from ..models import Appointment, AppointmentItem
from ..queries import items_of
from ..rules import takes_place
from .queries import agreed_prices, ahead_of

_AGREE = update(AppointmentItem).where(AppointmentItem.id == bindparam("of_item")).values(price=bindparam("agreed"))


def agree(found: Appointment) -> None:
    """Agree anew what touch-ups of a visit cost, by the days on which they now are."""
    for item, price in _priced(found.id, found.customer_id):
        if price != item.price:
            _write(item, price)


def agree_with_following(found: Appointment) -> None:
    """Let her visits ahead follow one that was called off, or takes place after all.

    A price that was agreed stays as it was as long as there is a reason for any.
    """
    taken_back = not takes_place(found.status)
    for appointment_id in ahead_of(found):
        for item, price in _priced(appointment_id, found.customer_id):
            if (price is None) if taken_back else (item.price is None):
                _write(item, price)


def _priced(appointment_id: int, customer_id: int) -> list[tuple[AppointmentItem, int | None]]:
    """The services of a visit, each with its price as a touch-up."""
    items = items_of(appointment_id)
    begins = begins_of(as_booked(item) for item in items).items()
    agreed = agreed_prices(customer_id, begins, [item.id for item in items])
    return [(item, agreed[item.service_id].price if item.service_id in agreed else None) for item in items]


def _write(item: AppointmentItem, price: int | None) -> None:
    db.session.connection().execute(_AGREE, {"of_item": item.id, "agreed": price})
