"""Screens of group visits: the files, one file with its people, tasks and deposits."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...cashbox.rules import METHOD_LABELS
from ...core.db import transaction
from ...core.forms import answered, saved, typed
from ...core.keys import fresh_key
from ...core.money import format_money
from ...core.pages import currency, page, page_number, paginate, present, row_key
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ...customers.services import CustomerSpec, add_customer
from ...staff.queries import staff_named
from ..deposits.forms import DepositForm
from ..models import GroupState, GroupVisit
from ..rules import STATUS_LABELS
from ..waitlist.jobs import wake_offering
from .errors import group_state_unknown, member_missing
from .forms import CompanionForm, GroupForm, TaskForm
from .plan.queries import plans_of
from .queries import bookings_of, group_visit, group_visits, members_of, money_of, names_of_staff, tasks_of
from .rules import STATE_LABELS, following
from .services import (
    add_member,
    add_task,
    change_group,
    change_task,
    close_group,
    drop_member,
    open_group,
    reopen_group,
    take_group_deposit,
)
from .together.services import cancel_group

blueprint = Blueprint("group_visits", __name__)
_BECOMES = {GroupState.OPEN: reopen_group, GroupState.DONE: close_group, GroupState.CANCELLED: cancel_group}


@blueprint.get("/groups")
@requires(Permission.DESK_VIEW)
def listing() -> Response:
    """The files, the open ones unless the address asks for all or for somebody's."""
    asked = request.args.get("state", GroupState.OPEN.value)
    state = asked if asked in set(GroupState) else None
    customer_id = request.args.get("customer_id", type=row_key)
    shown = paginate(
        lambda limit, offset: group_visits(
            current_user.branch_id, state=state, customer_id=customer_id, limit=limit, offset=offset
        ),
        page_number(),
    )
    return page(
        "appointments/groups/list.html",
        shown=shown,
        state=state,
        owner=customer(customer_id) if customer_id else None,
        states=STATE_LABELS,
        here=lambda number: url_for(".listing", state=asked, customer_id=customer_id, page=number),
    )


@blueprint.route("/groups/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def new() -> Response:
    """Open a file for somebody; who she is is asked first."""
    head_id = request.args.get("head_id", type=row_key)
    if head_id is None:
        return page("appointments/groups/head.html")
    form, head, made = GroupForm(), customer(head_id), []

    def save() -> None:
        made.append(open_group(branch_id=current_user.branch_id, head_id=head.id, **_said(form), **_by()))

    if saved(form, save):
        return _to(made[0].id)
    return answered("appointments/groups/new.html", form, head=head)


@blueprint.get("/groups/<key:group_id>")
@requires(Permission.DESK_VIEW)
def one(group_id: int) -> Response:
    """A file: the plan of its days, its people, tasks and money."""
    return _page(group_visit(group_id, current_user.branch_id))


@blueprint.route("/groups/<key:group_id>/edit", methods=["GET", "POST"])
@requires(Permission.APPOINTMENTS_WRITE)
def edit(group_id: int) -> Response:
    """Change what is said of a file."""
    shown = group_visit(group_id, current_user.branch_id)
    form = GroupForm(obj=shown)
    if saved(form, lambda: change_group(group_id=group_id, **_here(), **_said(form))):
        flash(_("ذخیره شد."))
        return _to(group_id)
    return answered("appointments/groups/edit.html", form, group=shown)


@blueprint.post("/groups/<key:group_id>/state")
@requires(Permission.APPOINTMENTS_WRITE)
def become(group_id: int) -> Response:
    """Close a file as done or called off, or open it again."""
    state = request.form.get("state", "")
    if state not in set(GroupState):
        raise group_state_unknown()
    with transaction():
        _BECOMES[GroupState(state)](group_id=group_id, **_here())
    wake_offering()
    flash(_("پرونده «%(state)s» شد.", state=STATE_LABELS[GroupState(state)]))
    return _to(group_id)


@blueprint.post("/groups/<key:group_id>/members")
@requires(Permission.APPOINTMENTS_WRITE)
def member(group_id: int) -> Response:
    """Add a companion who is known."""
    customer_id = request.form.get("customer_id", type=row_key)
    if customer_id is None:
        raise member_missing()
    relation = request.form.get("relation", "")
    with transaction():
        add_member(group_id=group_id, customer_id=customer_id, relation=relation, **_here())
    return _to(group_id)


@blueprint.post("/groups/<key:group_id>/companions")
@requires(Permission.CUSTOMERS_WRITE)
def companion(group_id: int) -> Response:
    """Let a companion in who is here for the first time."""
    form = CompanionForm()
    if saved(form, lambda: _let_in(form, group_id)):
        return _to(group_id)
    return _page(group_visit(group_id, current_user.branch_id), companion_form=form)


@blueprint.post("/groups/<key:group_id>/members/<key:customer_id>/drop")
@requires(Permission.APPOINTMENTS_WRITE)
def drop(group_id: int, customer_id: int) -> Response:
    """Take somebody out of the file."""
    with transaction():
        drop_member(group_id=group_id, customer_id=customer_id, **_here())
    return _to(group_id)


@blueprint.post("/groups/<key:group_id>/tasks")
@requires(Permission.APPOINTMENTS_WRITE)
def task(group_id: int) -> Response:
    """Write down what is to be done."""
    form = _task_form()
    if saved(form, lambda: add_task(group_id=group_id, **_here(), **typed(form))):
        return _to(group_id)
    return _page(group_visit(group_id, current_user.branch_id), task_form=form)


@blueprint.post("/groups/<key:group_id>/tasks/<key:task_id>")
@requires(Permission.APPOINTMENTS_WRITE)
def tick(group_id: int, task_id: int) -> Response:
    """Tick a task off, or on again."""
    with transaction():
        change_task(group_id=group_id, task_id=task_id, done=request.form.get("done") == "1", **_here())
    return _to(group_id)


@blueprint.post("/groups/<key:group_id>/deposits")
@requires(Permission.DEPOSITS_WRITE)
def deposit(group_id: int) -> Response:
    """Take a deposit of the head."""
    form = DepositForm()
    if saved(form, lambda: _take(form, group_id)):
        flash(_("بیعانه گرفته شد."))
        return _to(group_id)
    return _page(group_visit(group_id, current_user.branch_id), deposit_form=form)


def _page(group: GroupVisit, **refused: Any) -> Response:
    """The page of a file; a form that was refused stands there with what is wrong."""
    bookings, tasks = bookings_of(group.id), tasks_of(group.id)
    money = money_of(bookings, present())
    plans = plans_of(bookings)
    forms = {
        "companion_form": CompanionForm(formdata=None),
        "task_form": _task_form(formdata=None),
        "deposit_form": DepositForm(formdata=None, key=fresh_key()),
    }
    return page(
        "appointments/groups/one.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
        group=group,
        members=members_of(group.id),
        plans=plans,
        trials={plan.day for plan in plans if all(entry.booking.trial for entry in plan.entries)},
        booked={booking.customer_id for booking in bookings},
        off=[booking for booking in bookings if booking.status in {"cancelled", "no_show"}],
        tasks=tasks,
        people=names_of_staff(found.staff_id for found in tasks if found.staff_id),
        money=money,
        asked=_asked_before_off(money.remaining, money.kept_if_off),
        states=STATE_LABELS,
        following=following(group.state),
        labels=STATUS_LABELS,
        methods=METHOD_LABELS,
        **(forms | refused),
    )


def _asked_before_off(lies: int, kept: int) -> str:
    """What calling a file off asks first."""
    if not lies:
        return str(_("همهٔ نوبت‌های این پرونده لغو شود؟"))
    told = {"lies": format_money(lies, currency()), "kept": format_money(kept, currency())}
    sentence = _("همهٔ نوبت‌های این پرونده لغو شود؟ %(lies)s بیعانه هست و %(kept)s آن برای سالن می‌ماند.", **told)
    return str(sentence)


def _let_in(form: CompanionForm, group_id: int) -> None:
    said = typed(form)
    relation = said.pop("relation") or ""
    added = add_customer(branch_id=current_user.branch_id, spec=CustomerSpec(**said), **_by())
    add_member(group_id=group_id, customer_id=added.id, relation=relation, **_here())


def _take(form: DepositForm, group_id: int) -> None:
    take_group_deposit(group_id=group_id, payment=form.payment(), key=f"desk:{form.key.data}", **_here())


def _task_form(**more: Any) -> TaskForm:
    form = TaskForm(**more)
    form.staff_id.offer(staff_named(current_user.branch_id), none=_("هر کس"))
    return form


def _said(form: GroupForm) -> dict[str, Any]:
    return {"day": form.day.data, "name": form.name.data or "", "note": form.note.data or ""}


def _by() -> dict[str, Any]:
    return {"actor": current_user, "now": present()}


def _here() -> dict[str, Any]:
    return {"branch_id": current_user.branch_id, **_by()}


def _to(group_id: int) -> Response:
    return redirect(url_for("group_visits.one", group_id=group_id), HTTPStatus.SEE_OTHER)
