"""Calls about services and the people who serve."""

from typing import Any

from flask_login import current_user

from ...catalog.queries import active_services
from ...core.permissions import Permission, requires
from ...staff.lines.queries import line_ids_of
from ...staff.models import StaffMember
from ...staff.queries import active_staff
from ..calls import Calls
from . import schemas as s

calls = Calls("catalog", __name__, "Services, and the people who serve.")


@calls.get("/services")
@calls.answers(200, s.ServicesSchema)
@requires(Permission.CATALOG_VIEW)
def list_services() -> dict[str, Any]:
    """Services that are sold."""
    return {"items": active_services()}


@calls.get("/staff")
@calls.answers(200, s.StaffSchema)
@requires(Permission.STAFF_VIEW)
def list_staff() -> dict[str, Any]:
    """People who serve customers."""
    lines = line_ids_of(current_user.branch_id)
    return {"items": [_told(person, lines.get(person.id)) for person in active_staff(current_user.branch_id)]}


def _told(person: StaffMember, line_id: int | None) -> dict[str, Any]:
    kept = {name: getattr(person, name) for name in ("id", "code", "name", "title", "level_id")}
    return kept | {"line_id": line_id}
