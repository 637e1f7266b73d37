"""Reads about what services are made of."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Select, bindparam, column, or_, select, table

from ...core.db import db
from ..errors import service_inactive, service_unknown
from ..models import PhaseKind, Resource, Service, ServiceExtra, ServicePhase, ServiceResource, ServiceStaff
from .rules import Made, Phase, whole

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_SERVICES = select(Service.id, Service.duration, Service.active).where(Service.id.in_(_IDS))
_PHASES = (
    select(ServicePhase.service_id, ServicePhase.kind, ServicePhase.minutes)
    .where(ServicePhase.service_id.in_(_IDS))
    .order_by(ServicePhase.service_id, ServicePhase.position)
)
_STAFF = table("staff_member", column("id"), column("branch_id"))  # of the room beside this one
_BRANCH: BindParameter[Any] = bindparam("branch", type_=BigInteger)
_RESOURCES = (
    select(ServiceResource.service_id, ServiceResource.resource_id)
    .join(Resource, Resource.id == ServiceResource.resource_id)
    .where(ServiceResource.service_id.in_(_IDS), or_(_BRANCH.is_(None), Resource.branch_id == _BRANCH))
    .order_by(ServiceResource.resource_id)
)
_PEOPLE = (
    select(ServiceStaff.service_id, ServiceStaff.staff_id)
    .join(_STAFF, _STAFF.c.id == ServiceStaff.staff_id)
    .where(ServiceStaff.service_id.in_(_IDS), or_(_BRANCH.is_(None), _STAFF.c.branch_id == _BRANCH))
)
_EXTRAS = select(
    ServiceExtra.service_id,
    ServiceExtra.staff_id,
    ServiceExtra.level_id,
    ServiceExtra.customer_id,
    ServiceExtra.minutes,
).where(ServiceExtra.service_id.in_(_IDS))


def made_of(
    service_ids: Collection[int], branch_id: int | None = None, booked: Collection[int] = ()
) -> dict[int, Made]:
    """What each of these services is made of, with the rooms and people of a branch, or of all.

    Those that are `booked` already may be sold no more. Raises NotFound `service_unknown`, Invalid `service_inactive`.
    """
    made, sold_no_more = _made(service_ids, branch_id)
    if sold_no_more - set(booked):
        raise service_inactive()
    return made


def _made(service_ids: Collection[int], branch_id: int | None) -> tuple[dict[int, Made], set[int]]:
    """The same of all, and which of them are sold no more. Raises NotFound `service_unknown`."""
    connection, asked = db.session.connection(), {"ids": sorted(set(service_ids))}
    of_branch = asked | {"branch": branch_id}
    services = connection.execute(_SERVICES, asked).all()
    if len(services) < len(asked["ids"]):
        raise service_unknown()
    phases: defaultdict[int, list[Phase]] = defaultdict(list)
    for service_id, kind, minutes in connection.execute(_PHASES, asked):
        phases[service_id].append(Phase(PhaseKind(kind), minutes))
    resources = _gathered(connection.execute(_RESOURCES, of_branch))
    people = _gathered(connection.execute(_PEOPLE, of_branch))
    extras = _extras(connection.execute(_EXTRAS, asked))
    made = {
        row.id: Made(
            tuple(phases[row.id]) or whole(row.duration),
            tuple(resources[row.id]),
            frozenset(people[row.id]),
            *extras[row.id],
        )
        for row in services
    }
    return made, {row.id for row in services if not row.active}


def known_made(service_id: int, branch_id: int | None = None) -> Made:
    """What a service is made of in a branch, or in all, sold or not. Raises NotFound `service_unknown`."""
    return _made([service_id], branch_id)[0][service_id]


def people_of(service_ids: Collection[int], branch_id: int) -> dict[int, list[int]]:
    """By service who of a branch does it; a service that all do is not named."""
    asked = {"ids": sorted(set(service_ids)), "branch": branch_id}
    return dict(_gathered(db.session.connection().execute(_PEOPLE, asked)))


def needs_of(service_id: int) -> Sequence[int]:
    """The resources that a service needs."""
    return [
        row.resource_id for row in db.session.connection().execute(_RESOURCES, {"ids": [service_id], "branch": None})
    ]


def has_phases(service_id: int) -> bool:
    """Whether somebody said what it is made of."""
    return db.session.connection().execute(_PHASES, {"ids": [service_id]}).first() is not None


def extras_of(service_id: int) -> Made:
    """A service with whose minutes differ; also one that is sold no more."""
    extras = _extras(db.session.connection().execute(_EXTRAS, {"ids": [service_id]}))
    return Made((), (), frozenset(), *extras[service_id])


def _gathered(pairs: Any) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for service_id, other in pairs:
        found[service_id].append(other)
    return found


def _extras(rows: Any) -> defaultdict[int, tuple[dict[int, int], ...]]:
    """By service the minutes by person, by level and by customer."""
    found: defaultdict[int, tuple[dict[int, int], ...]] = defaultdict(lambda: ({}, {}, {}))
    for service_id, *whose, minutes in rows:
        for kind, one in zip(found[service_id], whose, strict=True):
            if one is not None:
                kind[one] = minutes
    return found


def rooms_in(branch_id: int | None) -> Select[Any]:
    """The rooms, chairs and devices of a branch, to be asked about within a statement."""
    return select(Resource.id).where(Resource.branch_id == branch_id)


def people_in(branch_id: int | None) -> Select[Any]:
    """The same of people."""
    return select(_STAFF.c.id).where(_STAFF.c.branch_id == branch_id)
