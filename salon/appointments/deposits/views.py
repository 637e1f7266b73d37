"""Deposits on screen: what a customer left in the salon, taking more, and giving it back."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...cashbox.deposits.queries import deposit, deposits_of
from ...cashbox.deposits.rules import MONEY
from ...cashbox.deposits.services import return_deposit
from ...cashbox.models import Deposit
from ...cashbox.rules import METHOD_LABELS
from ...core.forms import answered, saved
from ...core.keys import fresh_key
from ...core.pages import present, row_key
from ...core.permissions import Permission, requires
from ...customers.errors import customer_missing
from ...customers.queries import customer
from ..models import Appointment
from ..queries import of_branch
from .forms import DepositForm, ReturnForm
from .queries import deposit_of_booking, visits_of
from .services import take_deposit

blueprint = Blueprint("deposits", __name__)


@blueprint.route("/deposits", methods=["GET", "POST"])
@requires(Permission.DEPOSITS_WRITE)
def deposits() -> Response:
    """What a customer left here, or what lies for a booking; and a form to take more of it."""
    appointment_id = request.args.get("appointment_id", type=row_key)
    booking = of_branch(appointment_id, current_user.branch_id) if appointment_id is not None else None
    customer_id = booking.customer_id if booking else request.args.get("customer_id", type=row_key)
    if customer_id is None:
        raise customer_missing()
    owner, form, held = customer(customer_id), DepositForm(key=fresh_key()), deposits_of(customer_id)
    if saved(form, lambda: _take(form, owner.id, booking)):
        flash(_("بیعانه گرفته شد."))
        return redirect(url_for("desk.desk", customer=owner.id), HTTPStatus.SEE_OTHER)
    return answered(
        "appointments/deposits.html",
        form,
        owner=owner,
        booking=booking,
        lies=deposit_of_booking(booking, present()) if booking else None,
        held=held,
        visits=visits_of(held),
        methods=METHOD_LABELS,
    )


def _take(form: DepositForm, customer_id: int, booking: Appointment | None) -> None:
    take_deposit(
        branch_id=current_user.branch_id,
        customer_id=customer_id,
        appointment_id=booking.id if booking else None,
        payment=form.payment(),
        key=f"desk:{form.key.data}",
        actor=current_user,
        now=present(),
    )


@blueprint.route("/deposits/<key:deposit_id>/return", methods=["GET", "POST"])
@requires(Permission.DEPOSITS_WRITE)
def give_back(deposit_id: int) -> Response:
    """Give money of a deposit back."""
    found = deposit(deposit_id)
    came_by = found.method if found.method in MONEY else MONEY[0].value
    form = ReturnForm(key=fresh_key(), amount=found.remaining, method=came_by)
    if saved(form, lambda: _return(form, found)):
        flash(_("پول پس داده شد."))
        return redirect(url_for("deposits.deposits", customer_id=found.customer_id), HTTPStatus.SEE_OTHER)
    return answered("appointments/return_deposit.html", form, deposit=found, owner=customer(found.customer_id))


def _return(form: ReturnForm, found: Deposit) -> None:
    return_deposit(
        branch_id=current_user.branch_id,
        deposit_id=found.id,
        payment=form.payment(),
        key=form.key.data or "",
        actor=current_user,
        now=present(),
    )
