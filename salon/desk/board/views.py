"""What the board's script asks for and sends."""

from http import HTTPStatus

from flask import Blueprint, jsonify, request
from flask_login import current_user
from werkzeug.wrappers import Response

from ...appointments.models import Appointment
from ...appointments.moves.services import move_to_one_of, stretch
from ...appointments.notices.queries import warning_of
from ...appointments.queries import of_branch
from ...appointments.waitlist.jobs import wake_offering
from ...core.db import transaction
from ...core.pages import present, row_key, today
from ...core.paper import Paper, printed
from ...core.permissions import Permission, requires
from ...setup.queries import profile
from ..forms import day_of, time_of
from ..rules import of_wall_clock
from .drawing.rules import drawn
from .forms import asked_of
from .plan.rules import plan_of
from .queries import facts_of, people_of_line
from .rules import Asked, View

blueprint = Blueprint("board", __name__)


@blueprint.get("/desk/events")
@requires(Permission.DESK_VIEW)
def events() -> Response:
    """The board as it stands; nothing when it stands as whoever asks knows it."""
    facts = facts_of(asked_of(request.args, today()), current_user.branch_id, present())
    tag = facts.tag()
    known = request.if_none_match.contains(tag)
    answer = Response(status=HTTPStatus.NOT_MODIFIED) if known else jsonify(drawn(facts))
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@blueprint.get("/desk/print")
@requires(Permission.DESK_VIEW)
def print_plan() -> Response:
    """The plan of a day as PDF, by person."""
    typed = request.args.get("day", "")
    day = day_of(typed) if typed else today()
    facts = facts_of(Asked(View.LIST, day), current_user.branch_id, present())
    told = {"day": day, "closed": facts.closed.get(day, ""), "plans": plan_of(facts), "now": present()}
    return Response(
        printed("desk/plan_print.html", Paper.A4, salon=profile().name, **told),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="plan-{day.isoformat()}.pdf"', "Cache-Control": "private"},
    )


@blueprint.post("/desk/appointments/<key:appointment_id>/stretch")
@requires(Permission.APPOINTMENTS_WRITE)
def stretch_appointment(appointment_id: int) -> Response:
    """Let one service of a booking end at another time."""
    ends_at = of_wall_clock(day_of(request.form.get("day", "")), time_of(request.form.get("time", "")))
    with transaction():
        of_branch(appointment_id, current_user.branch_id)
        changed = stretch(
            appointment_id=appointment_id,
            item_id=row_key(request.form.get("item_id", "")) or 0,
            ends_at=ends_at,
            actor=current_user,
            now=present(),
        )
    return _after(changed)


@blueprint.post("/desk/appointments/<key:appointment_id>/line")
@requires(Permission.APPOINTMENTS_WRITE)
def move_to_line(appointment_id: int) -> Response:
    """Move one service of a booking to whoever of a line is free then."""
    starts_at = of_wall_clock(day_of(request.form.get("day", "")), time_of(request.form.get("time", "")))
    people = people_of_line(current_user.branch_id, row_key(request.form.get("line_id", "")) or 0)
    with transaction():
        of_branch(appointment_id, current_user.branch_id)
        moved = move_to_one_of(
            appointment_id=appointment_id,
            item_id=row_key(request.form.get("item_id", "")) or 0,
            starts_at=starts_at,
            staff_ids=people,
            actor=current_user,
            now=present(),
        )
    return _after(moved)


def _after(changed: Appointment) -> Response:
    """Have the time that was let go of offered to who waits, and tell the board what it should know."""
    wake_offering()
    return jsonify(id=changed.id, customer_id=changed.customer_id, warning=warning_of(changed))
