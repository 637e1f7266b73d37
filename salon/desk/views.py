"""The desk: its page, the parts that change, and what its scripts ask for and send."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from ..appointments.changes.queries import changes_of
from ..appointments.deposits.queries import deposit_of_booking
from ..appointments.displaced.queries import displaced_count
from ..appointments.models import Appointment
from ..appointments.models import AppointmentStatus as S
from ..appointments.moves.services import move
from ..appointments.notices.queries import warning_of
from ..appointments.queries import of_branch
from ..appointments.rules import STATUS_LABELS, may_move, takes_place
from ..appointments.services import set_status
from ..appointments.steps.queries import steps_of
from ..appointments.waitlist.jobs import wake_offering
from ..cashbox.deposits.queries import kept_for, remaining_for
from ..club.cards.queries import customer_of_swipe
from ..club.cards.services import issue_card
from ..core.db import transaction
from ..core.errors import DomainError
from ..core.jalali import format_time, local_date
from ..core.pages import may, page, present, row_key, settings, today
from ..core.permissions import Permission, requires
from ..core.text import persian_digits
from ..customers.models import Customer
from ..customers.queries import by_mobile, customer, search
from ..customers.services import add_customer
from ..messaging.queries import waiting_count
from ..staff.models import StaffMember
from .board.drawing.rules import drawn
from .board.forms import asked_of
from .board.queries import facts_of
from .board.rules import VIEW_LABELS
from .forms import day_of, newcomer_of, status_of, time_of
from .queries import columns, drafts_waiting, names_in, offered, panel_of, who_waits
from .rules import STEPS, asked_of_deposit, first_step, next_step, of_wall_clock, told_of_deposit

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
@requires(Permission.DESK_VIEW)
def home() -> Response:
    """The day begins at the desk."""
    return redirect(url_for("desk.desk"))


@blueprint.get("/desk")
@requires(Permission.DESK_VIEW)
def desk() -> Response:
    """The board as the address asks for it, with the customer that it names."""
    customer_id = row_key(request.args.get("customer", ""))
    panel = panel_of(customer_id, present()) if customer_id else None
    board = drawn(facts_of(asked_of(request.args, today()), current_user.branch_id, present()))
    what = offered(current_user.branch_id)
    return page("desk/desk.html", board=board, views=VIEW_LABELS, offered=what, panel=panel, **_words())


@blueprint.get("/desk/find")
@requires(Permission.CUSTOMERS_VIEW)
def find() -> Response:
    """Who may be meant."""
    return jsonify(items=[_found(person) for person in search(request.args.get("q", "")[:100], 10)])


@blueprint.post("/desk/swipe")
@requires(Permission.DESK_VIEW)
def swipe() -> Response:
    """Whose card was swiped."""
    return jsonify(customer_id=customer_of_swipe(request.form.get("raw", ""), settings().card_key))


@blueprint.get("/desk/panel/<key:customer_id>")
@requires(Permission.CUSTOMERS_VIEW)
def panel(customer_id: int) -> Response:
    """The customer beside the board."""
    return page("desk/_panel.html", panel=panel_of(customer_id, present()), **_words())


@blueprint.get("/desk/foot")
@requires(Permission.DESK_VIEW)
def foot() -> Response:
    """What needs attention."""
    branch_id = current_user.branch_id
    return page(
        "desk/_foot.html",
        waiting=waiting_count(),
        drafts=drafts_waiting(branch_id),
        displaced=displaced_count(branch_id, present()),
        waits=who_waits(branch_id, present()),
    )


@blueprint.get("/desk/appointments/<key:appointment_id>")
@requires(Permission.DESK_VIEW)
def visit(appointment_id: int) -> Response:
    """A booking with the steps it may take."""
    found = of_branch(appointment_id, current_user.branch_id)
    may_become = steps_of(found, actor=current_user, now=present())
    steps = [(step, label) for step, label in STEPS.items() if step in may_become]
    return page(
        "desk/_visit.html",
        visit=found,
        owner=customer(found.customer_id),
        names=names_in([found]),
        steps=steps,
        first_step=first_step(found.status, [step for step, _label in steps]),
        people=_may_take_over(found),
        may_reopen=S.BOOKED in may_become,
        changes=changes_of(found.id),
        may_invoice=takes_place(found.status),
        lies=deposit_of_booking(found, present()),
        asks=_asks(found),
        **_words(),
    )


@blueprint.post("/desk/appointments/<key:appointment_id>/move")
@requires(Permission.APPOINTMENTS_WRITE)
def move_appointment(appointment_id: int) -> Response:
    """Move one service of a booking."""
    starts_at = of_wall_clock(day_of(request.form.get("day", "")), time_of(request.form.get("time", "")))
    with transaction():
        of_branch(appointment_id, current_user.branch_id)
        moved = move(
            appointment_id=appointment_id,
            item_id=row_key(request.form.get("item_id", "")) or 0,
            starts_at=starts_at,
            staff_id=row_key(request.form.get("staff_id", "")) or 0,
            actor=current_user,
            now=present(),
        )
    wake_offering()
    return jsonify(
        id=moved.id,
        customer_id=moved.customer_id,
        day=local_date(starts_at).isoformat(),
        time=format_time(starts_at),
        warning=warning_of(moved),
    )


@blueprint.post("/desk/appointments/<key:appointment_id>/status")
@requires(Permission.APPOINTMENTS_WRITE)
def step(appointment_id: int) -> Response:
    """Take a step of a visit."""
    status = status_of(request.form.get("status", ""))
    with transaction():
        of_branch(appointment_id, current_user.branch_id)
        found = set_status(appointment_id=appointment_id, status=status, actor=current_user, now=present())
        kept = sum(amount for _deposit, amount in kept_for(appointment_id))
        left = remaining_for([appointment_id]).get(appointment_id, 0)
    wake_offering()
    label = str(STATUS_LABELS[status])
    said = label if takes_place(status) else told_of_deposit(label, kept=kept, left=left)
    return jsonify(id=found.id, customer_id=found.customer_id, label=said)


@blueprint.get("/desk/customers/<key:customer_id>")
@requires(Permission.CUSTOMERS_VIEW)
def person(customer_id: int) -> Response:
    """A customer in one line, for the booking dialog."""
    return jsonify(_found(customer(customer_id)))


@blueprint.post("/desk/customers")
@requires(Permission.CUSTOMERS_WRITE)
def new_customer() -> tuple[Response, int]:
    """Let somebody in from the booking dialog; a known mobile is answered with its owner."""
    spec = newcomer_of(request.form)
    try:
        with transaction():
            added = add_customer(
                branch_id=current_user.branch_id, spec=spec, mobile_needed=True, actor=current_user, now=present()
            )
    except DomainError as refused:
        if refused.code != "customer_exists":
            raise
        return _known_mobile(refused, spec.mobile or ""), HTTPStatus.CONFLICT
    return jsonify(_found(added)), HTTPStatus.CREATED


@blueprint.post("/desk/customers/<key:customer_id>/cards")
@requires(Permission.CARDS_ISSUE)
def new_card(customer_id: int) -> tuple[Response, int]:
    """Give the swiped card to a customer."""
    with transaction():
        card = issue_card(
            customer_id=customer_id,
            raw=request.form.get("raw", ""),
            card_key=settings().card_key,
            actor=current_user,
            now=present(),
        )
    return jsonify(last_four=persian_digits(card.last_four)), HTTPStatus.CREATED


def _may_take_over(found: Appointment) -> list[StaffMember]:
    """To whom the booking may be moved; nobody when it may not be moved at all, or not by the present user."""
    if not (may_move(found.status) and may(Permission.APPOINTMENTS_WRITE)):
        return []
    return columns(found.branch_id, {item.staff_id for item in found.items})


def _asks(found: Appointment) -> dict[str, str]:
    """What calling a booking off asks first, by the status, where a deposit lies for it."""
    lies = {status: deposit_of_booking(found, present(), status) for status in (S.CANCELLED, S.NO_SHOW)}
    return {status: asked_of_deposit(one.remaining, kept=one.kept) for status, one in lies.items() if one}


def _words() -> dict[str, Any]:
    return {"labels": STATUS_LABELS, "steps_of": STEPS, "next_step": next_step, "one_day": timedelta(days=1)}


def _found(person: Customer) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.full_name,
        "code_shown": persian_digits(person.code),
        "mobile_shown": persian_digits(person.mobile or ""),
    }


def _known_mobile(refused: DomainError, typed: str) -> Response:
    """The refusal as every script reads it, with whose mobile it is."""
    said: dict[str, Any] = {"detail": refused.message, "code": refused.code, "field": refused.field}
    owner = by_mobile(typed)
    return jsonify(said if owner is None else said | {"owner": _found(owner)})
