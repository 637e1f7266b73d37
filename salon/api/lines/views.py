"""Calls about lines (لاین): heads with their people."""

from typing import Any

from flask_login import current_user

from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ...staff.lines.queries import LineView, line_view, lines_of
from ...staff.lines.services import add_line, change_line
from ..calls import Calls
from ..setup import schemas as s

calls = Calls("lines", __name__, "Lines: heads with their people.")


@calls.get("/lines")
@calls.answers(200, s.StaffLinesSchema)
@requires(Permission.STAFF_VIEW)
def list_lines() -> dict[str, Any]:
    """The lines of the branch with their people, those that are laid aside last."""
    return {"items": [_told(view) for view in lines_of(current_user.branch_id)]}


@calls.post("/lines")
@calls.takes(s.NewStaffLineSchema, example=s.LINE)
@calls.answers(
    201,
    s.StaffLineSchema,
    staff_unknown=404,
    line_exists=409,
    invalid=422,
    name_missing=422,
    shares_above_whole=422,
)
@requires(Permission.SETUP_WRITE)
def create_line(asked: dict[str, Any]) -> dict[str, Any]:
    """Begin a line; whoever belongs to another one leaves it."""
    members = _members(asked.pop("members"))
    with transaction():
        added = add_line(branch_id=current_user.branch_id, **asked, members=members, actor=current_user, now=present())
        return _told(line_view(added.id))


@calls.patch("/lines/<key:line_id>")
@calls.takes(s.ChangedStaffLineSchema, example=s.LINE)
@calls.answers(
    200,
    s.StaffLineSchema,
    not_found=404,
    line_unknown=404,
    staff_unknown=404,
    line_exists=409,
    invalid=422,
    name_missing=422,
    shares_above_whole=422,
)
@requires(Permission.SETUP_WRITE)
def patch_line(asked: dict[str, Any], line_id: int) -> dict[str, Any]:
    """Rename a line, give it another head or other people, or lay it aside."""
    with transaction():
        known = line_view(line_id)
        members = _members(asked.pop("members")) if "members" in asked else known.members
        said: dict[str, Any] = {
            "name": known.line.name,
            "head_id": known.line.head_id,
            "active": known.line.active,
        } | asked
        change_line(line_id=line_id, **said, members=members, actor=current_user, now=present())
        return _told(line_view(line_id))


def _members(asked: list[dict[str, int]]) -> dict[int, int]:
    return {member["staff_id"]: member["share_bp"] for member in asked}


def _told(view: LineView) -> dict[str, Any]:
    members = [{"staff_id": staff_id, "share_bp": share_bp} for staff_id, share_bp in view.members.items()]
    line = view.line
    return {"id": line.id, "name": line.name, "active": line.active, "head_id": line.head_id, "members": members}
