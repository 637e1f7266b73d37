"""Verbs about what services are made of; bookings made before keep what they were booked with."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete

from ...access.rules import Actor
from ...core.db import db
from ..errors import phases_invalid, resource_unknown
from ..models import ServicePhase, ServiceResource, ServiceStaff
from ..queries import service
from ..resources.queries import known_resources
from .rules import Phase, is_workable, length_of


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
