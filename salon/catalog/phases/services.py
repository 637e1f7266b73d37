"""Verbs about what services are made of; bookings made before keep what they were booked with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from ...access.rules import Actor
from ...core.db import db
from ..errors import extra_invalid, phases_invalid, resource_unknown
from ..models import ServiceExtra, ServicePhase, ServiceResource, ServiceStaff
from ..queries import service
from ..resources.queries import known_resources
from .rules import MOST_EXTRA, Phase, is_workable, length_of


def set_phases(
    *, service_id: int, phases: Sequence[Phase], actor: Actor | None = None, now: datetime | None = None
) -> None:
    """Say what a service is made of, in order; it takes as long as all of it.

    Raises NotFound `service_unknown`, Invalid `phases_invalid`.
    """
    if not is_workable(phases):
        raise phases_invalid()
    changed = service(service_id)
    changed.duration = length_of(phases)
    db.session.execute(delete(ServicePhase).where(ServicePhase.service_id == service_id))
    db.session.add_all(
        ServicePhase(service_id=service_id, position=position, kind=phase.kind.value, minutes=phase.minutes)
        for position, phase in enumerate(phases)
    )
    db.session.flush()


def set_resources(
    *, service_id: int, resource_ids: Iterable[int], actor: Actor | None = None, now: datetime | None = None
) -> None:
    """Say what a service needs. Raises NotFound `service_unknown`, Invalid `resource_unknown`."""
    wanted = sorted(set(resource_ids))
    service(service_id)
    if known_resources(wanted) != set(wanted):
        raise resource_unknown()
    db.session.execute(delete(ServiceResource).where(ServiceResource.service_id == service_id))
    db.session.add_all(ServiceResource(service_id=service_id, resource_id=resource_id) for resource_id in wanted)
    db.session.flush()


def set_people(
    *, service_id: int, staff_ids: Iterable[int], actor: Actor | None = None, now: datetime | None = None
) -> None:
    """Say who of known people does a service; nobody named means everybody. Raises NotFound `service_unknown`."""
    wanted = sorted(set(staff_ids))
    service(service_id)
    db.session.execute(delete(ServiceStaff).where(ServiceStaff.service_id == service_id))
    db.session.add_all(ServiceStaff(service_id=service_id, staff_id=staff_id) for staff_id in wanted)
    db.session.flush()


def set_extras(
    *,
    service_id: int,
    by_staff: Mapping[int, int],
    by_level: Mapping[int, int],
    actor: Actor | None = None,
    now: datetime | None = None,
) -> None:
    """Say how many minutes more (or fewer) a service takes people and levels; whoever isn't named takes none.

    Raises NotFound `service_unknown`, Invalid `extra_invalid`.
    """
    service(service_id)
    _check_extras((*by_staff.values(), *by_level.values()))
    of_customers = ServiceExtra.customer_id.is_not(None)
    db.session.execute(delete(ServiceExtra).where(ServiceExtra.service_id == service_id, ~of_customers))
    people = [ServiceExtra(service_id=service_id, staff_id=of, minutes=minutes) for of, minutes in by_staff.items()]
    levels = [ServiceExtra(service_id=service_id, level_id=of, minutes=minutes) for of, minutes in by_level.items()]
    db.session.add_all(extra for extra in (*people, *levels) if extra.minutes)
    db.session.flush()


def set_customer_extra(
    *, service_id: int, customer_id: int, minutes: int, actor: Actor | None = None, now: datetime | None = None
) -> None:
    """Say how many minutes more (or fewer) a service takes with a customer; 0: none.

    Raises NotFound `service_unknown`, Invalid `extra_invalid`.
    """
    service(service_id)
    _check_extras([minutes])
    of_customer = ServiceExtra.service_id == service_id, ServiceExtra.customer_id == customer_id
    db.session.execute(delete(ServiceExtra).where(*of_customer))
    if minutes:
        db.session.add(ServiceExtra(service_id=service_id, customer_id=customer_id, minutes=minutes))
    db.session.flush()


def _check_extras(minutes: Iterable[int]) -> None:
    if any(abs(extra) > MOST_EXTRA for extra in minutes):
        raise extra_invalid()
