"""Gathers what is worth a word before somebody is booked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, select

from ...catalog.booking_rules.queries import rules_of
from ...catalog.models import Service
from ...catalog.phases.queries import people_of
from ...core.db import db
from ...customers.models import Customer
from ...setup.queries import profile
from ...staff.queries import staff_named
from ..agreed.queries import agreed_prices, price_of_visit
from ..availability.queries import laid_out
from ..availability.rules import Asked, Laid, begins_of
from ..errors import short_notice as refused_short
from ..errors import too_far as refused_far
from ..holding.queries import as_booked
from ..models import Appointment, AppointmentItem
from ..patch_tests.queries import troubles
from ..queries import items_of
from ..record.queries import record_of
from ..record.rules import deposit_asked
from .rules import (
    Code,
    Notice,
    deposit_wanted,
    missed_before,
    not_hers,
    overlaps_itself,
    own_overlap,
    patch_notice,
    same_time,
    short_notice,
    too_far,
    touch_up,
)

_DAY = timedelta(days=1)
_NAMES = select(Service.id, Service.name).where(Service.id.in_(bindparam("ids", expanding=True)))
# Everybody who gives no name is one customer: what one of them did says nothing of the next.
_NAMELESS = select(and_(Customer.is_walk_in, Customer.mobile.is_(None))).where(Customer.id == bindparam("customer"))
# A booking is shorter than a day: looking back one day finds all that reach into the visit, by the index.
_HERS = (
    select(AppointmentItem.starts_at, Service.name)
    .join(Appointment, Appointment.id == AppointmentItem.appointment_id)
    .join(Service, Service.id == AppointmentItem.service_id)
    .where(
        Appointment.customer_id == bindparam("customer"),
        Appointment.starts_at > bindparam("after"),
        Appointment.starts_at < bindparam("before"),
        AppointmentItem.active,
        AppointmentItem.starts_at < bindparam("before"),
        AppointmentItem.ends_at > bindparam("first"),
        AppointmentItem.id.not_in(bindparam("own_items", expanding=True)),
    )
    .order_by(AppointmentItem.starts_at)
    .limit(1)
)


def notices_of(asked: Asked, starts_at: datetime, now: datetime) -> list[Notice]:
    """What the desk should know of a wanted booking, what stops it first; without a customer only what services ask.

    Raises NotFound `service_unknown`, `staff_unknown`; Invalid `service_inactive`, `staff_inactive`.
    """
    laid = laid_out(asked, starts_at, now, overbook=True) or []
    names = _names({item.service_id for item in asked.items})
    found = [*_of_services(laid, names, now), *_of_people(asked.branch_id, laid, names)]
    if asked.customer_id is not None:
        found += _of_customer(asked, asked.customer_id, laid, names, now)
    return sorted(found, key=lambda notice: notice.severity != "stop")


def warnings_of(booked: Appointment) -> list[Notice]:
    """What whoever made or moved a booking should know.

    She is booked for something else then, or for two at once, or by somebody who doesn't do it.
    """
    items = items_of(booked.id)
    laid, own = [as_booked(item) for item in items], [item.id for item in items]
    found = list(_at_once(booked.customer_id, laid, own))
    known = [] if found and _is_nameless(booked.customer_id) else found
    known += [own_overlap()] if overlaps_itself(laid) else []
    return [*known, *_of_people(booked.branch_id, laid, _names({item.service_id for item in items}))]


def warning_of(changed: Appointment) -> str:
    """The same of a booking that was moved or stretched, as the board says it; empty where there is nothing."""
    return " ".join(notice.sentence for notice in warnings_of(changed))


def check_own_request(asked: Asked, starts_at: datetime, now: datetime) -> None:
    """Refuse what a customer asks for herself outside of notice and furthest day; the desk is only warned.

    Raises DomainError `short_notice`, `too_far`, and what `notices_of` raises.
    """
    laid = laid_out(asked, starts_at, now, overbook=True) or []
    for notice in _of_services(laid, _names({item.service_id for item in asked.items}), now):
        raise (refused_short if notice.code == Code.SHORT_NOTICE else refused_far)(notice.sentence)


def _of_services(laid: Sequence[Laid], names: Mapping[int, str], now: datetime) -> Iterator[Notice]:
    rules = rules_of(names)
    for service_id, begins in begins_of(laid).items():
        asks = rules[service_id]
        if asks.is_short(begins, now):
            yield short_notice(service_id, names[service_id], asks.least_notice or 0)
        if asks.is_far(begins, now):
            yield too_far(service_id, names[service_id], asks.furthest_days or 0)


def _of_customer(
    asked: Asked, customer_id: int, laid: Sequence[Laid], names: Mapping[int, str], now: datetime
) -> Iterator[Notice]:
    yield from _of_tests(customer_id, laid, names)
    begins = begins_of(laid)
    agreed = agreed_prices(customer_id, begins.items(), asked.own_items)
    if not _is_nameless(customer_id):
        yield from _at_once(customer_id, laid, asked.own_items)
        yield from _of_record(asked, customer_id, price_of_visit(customer_id, asked.branch_id, laid, agreed), now)
    for service_id, price in agreed.items():
        yield touch_up(service_id, names[service_id], price.price, price.until)


def _is_nameless(customer_id: int) -> bool:
    return bool(db.session.connection().execute(_NAMELESS, {"customer": customer_id}).scalar())


def _of_tests(customer_id: int, laid: Sequence[Laid], names: Mapping[int, str]) -> Iterator[Notice]:
    against = troubles(customer_id, begins_of(laid).items())
    rules = rules_of(against)
    for service_id, trouble in against.items():
        yield patch_notice(service_id, names[service_id], trouble, rules[service_id].patch_hours)


def _at_once(customer_id: int, laid: Sequence[Laid], own_items: Collection[int]) -> Iterator[Notice]:
    if not laid:
        return
    first, before = min(one.comes_at for one in laid), max(one.leaves_at for one in laid)
    asked = {"customer": customer_id, "first": first, "after": first - _DAY, "before": before}
    other = db.session.connection().execute(_HERS, asked | {"own_items": sorted(own_items) or [0]}).first()
    if other is not None:
        yield same_time(*other)


def _of_record(asked: Asked, customer_id: int, price: int, now: datetime) -> Iterator[Notice]:
    salon, record = profile(), record_of(customer_id, now)
    if not record.misses:
        return
    yield missed_before(record)
    amount = deposit_asked(record, price, misses=salon.misses_before_deposit, share_bp=salon.deposit_share_bp)
    if amount:
        yield deposit_wanted(amount)


def _of_people(branch_id: int, laid: Sequence[Laid], names: Mapping[int, str]) -> Iterator[Notice]:
    does = people_of(names, branch_id)
    others = [one for one in laid if one.service_id in does and one.staff_id not in does[one.service_id]]
    if others:
        called = dict(staff_named(branch_id))
        for service_id, staff_id in dict.fromkeys((one.service_id, one.staff_id) for one in others):
            yield not_hers(service_id, names[service_id], called[staff_id])


def _names(service_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.connection().execute(_NAMES, {"ids": sorted(service_ids)})
    return {row.id: row.name for row in rows}
