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
from .queries import people_in, rooms_in
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
    *,
    service_id: int,
    resource_ids: Iterable[int],
    branch_id: int | None = None,
    actor: Actor | None = None,
    now: datetime | None = None,
) -> None:
    """Say what a service needs in a branch; what it needs in others stays. No branch: in all.

    Raises NotFound `service_unknown`, Invalid `resource_unknown`.
    """
    wanted = sorted(set(resource_ids))
    service(service_id)
    if known_resources(wanted, branch_id) != set(wanted):
        raise resource_unknown()
    rows = delete(ServiceResource).where(ServiceResource.service_id == service_id)
    theirs = ServiceResource.resource_id.in_(rooms_in(branch_id))
    db.session.execute(rows if branch_id is None else rows.where(theirs))
    db.session.add_all(ServiceResource(service_id=service_id, resource_id=resource_id) for resource_id in wanted)
    db.session.flush()


def set_people(
    *,
    service_id: int,
    staff_ids: Iterable[int],
    branch_id: int | None = None,
    actor: Actor | None = None,
    now: datetime | None = None,
) -> None:
    """Say who of the known people of a branch does a service; nobody named means everybody there. No branch: in all.

    Raises NotFound `service_unknown`.
    """
    wanted = sorted(set(staff_ids))
    service(service_id)
    rows = delete(ServiceStaff).where(ServiceStaff.service_id == service_id)
    theirs = ServiceStaff.staff_id.in_(people_in(branch_id))
    db.session.execute(rows if branch_id is None else rows.where(theirs))
    db.session.add_all(ServiceStaff(service_id=service_id, staff_id=staff_id) for staff_id in wanted)
    db.session.flush()


def set_extras(
    *,
    service_id: int,
    whose: str,
    minutes: Mapping[int, int | None],
    actor: Actor | None = None,
    now: datetime | None = None,
) -> None:
    """Say how many minutes more (or fewer) a service takes these people, levels or customers; nothing: as usual.

    `whose`: staff, level or customer, who are known; those that aren't named stay.
    Raises NotFound `service_unknown`, Invalid `extra_invalid`.
    """
    column = getattr(ServiceExtra, f"{whose}_id")
    service(service_id)
    if not all(abs(more or 0) <= MOST_EXTRA for more in minutes.values()):
        raise extra_invalid()
    of_them = ServiceExtra.service_id == service_id, column.in_(list(minutes))
    db.session.execute(delete(ServiceExtra).where(*of_them))
    db.session.add_all(
        ServiceExtra(**{"service_id": service_id, f"{whose}_id": one, "minutes": more})
        for one, more in minutes.items()
        if more
    )
    db.session.flush()
