"""Reads what the services of a booking cost."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from ...catalog.booking_rules.queries import touch_ups
from ...catalog.models import Service
from ...catalog.prices.queries import lists_in_force, price_book, with_own_prices
from ...catalog.prices.rules import SERVICE, Occasion, Price, Thing
from ...core.db import db
from ...core.jalali import local_date
from ...customers.models import Customer
from ...staff.models import StaffMember
from ..availability.rules import Laid
from ..models import Appointment, AppointmentItem
from ..models import AppointmentStatus as S
from .rules import Agreed, agreed_price

_LAST_DONE = (
    select(AppointmentItem.service_id, func.max(AppointmentItem.starts_at))
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .where(
        Appointment.customer_id == bindparam("customer"),
        Appointment.status.not_in([S.CANCELLED.value, S.NO_SHOW.value]),
        AppointmentItem.service_id.in_(bindparam("ids", expanding=True)),
        AppointmentItem.starts_at < bindparam("before"),
        AppointmentItem.id.not_in(bindparam("own_items", expanding=True)),
    )
    .group_by(AppointmentItem.service_id)
)
_AHEAD = (
    select(Appointment.id)
    .where(
        Appointment.customer_id == bindparam("customer"),
        Appointment.starts_at > bindparam("after"),
        Appointment.status.in_([S.BOOKED.value, S.CONFIRMED.value, S.ARRIVED.value, S.IN_SERVICE.value]),
    )
    .order_by(Appointment.id)
)
_GROUP = select(Customer.group_id).where(Customer.id == bindparam("customer"))
_LEVELS = select(StaffMember.id, StaffMember.level_id).where(StaffMember.id.in_(bindparam("ids", expanding=True)))
_PRICES = select(Service.id, Service.price, Service.price_to).where(Service.id.in_(bindparam("ids", expanding=True)))


def agreed_prices(
    customer_id: int, wanted: Collection[tuple[int, datetime]], own_items: Collection[int] = ()
) -> dict[int, Agreed]:
    """Which of these services (with their begins) are touch-ups of what she had before, and their price."""
    rules = touch_ups({service_id for service_id, _starts_at in wanted})
    if not rules:
        return {}
    asked = {"customer": customer_id, "ids": sorted({rule.of_service_id for rule in rules})}
    asked |= {"before": min(at for _id, at in wanted), "own_items": sorted(own_items) or [0]}
    done_at = {row[0]: row[1] for row in db.session.connection().execute(_LAST_DONE, asked)}
    found = {of: agreed_price(rules, of, done_at, starts_at) for of, starts_at in wanted}
    return {service_id: agreed for service_id, agreed in found.items() if agreed is not None}


def ahead_of(found: Appointment) -> Sequence[int]:
    """The bookings of the same customer after this one that are to take place."""
    asked = {"customer": found.customer_id, "after": found.starts_at}
    return db.session.connection().execute(_AHEAD, asked).scalars().all()


def price_of_visit(customer_id: int, branch_id: int, laid: Collection[Laid], agreed: Mapping[int, Agreed]) -> int:
    """What a visit would cost her at least, in rials: as agreed, by her own prices and lists, else the usual ones."""
    if not laid:
        return 0
    connection, ids = db.session.connection(), sorted({one.service_id for one in laid})
    usual = {row.id: Price(row.price, row.price_to) for row in connection.execute(_PRICES, {"ids": ids})}
    levels = {
        row.id: row.level_id for row in connection.execute(_LEVELS, {"ids": sorted({one.staff_id for one in laid})})
    }
    day = local_date(min(one.starts_at for one in laid))
    group_id = connection.execute(_GROUP, {"customer": customer_id}).scalar()
    lists = lists_in_force(branch_id, day)
    book = with_own_prices(price_book(lists, [Thing(SERVICE, of) for of in ids]), customer_id)
    total = 0
    for one in laid:
        occasion = Occasion(group_id, branch_id, levels[one.staff_id], day, one.staff_id)
        price = book.price(Thing(SERVICE, one.service_id), usual[one.service_id], occasion).price
        total += agreed[one.service_id].price if one.service_id in agreed else price
    return total
