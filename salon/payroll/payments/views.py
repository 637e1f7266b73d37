"""Paying a statement on screen, and taking a payment back."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...cashbox.boxes.queries import boxes_of
from ...core.db import transaction
from ...core.forms import answered, saved
from ...core.keys import fresh_key
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..forms import PayForm
from ..queries import last_statement, person, sums_of
from ..statements.views import address
from .services import Payment, pay_statement, take_payment_back

blueprint = Blueprint("pay_payments", __name__)


@blueprint.route("/staff/<key:staff_id>/payment", methods=["GET", "POST"])
@requires(Permission.PAY_WRITE)
def pay(staff_id: int) -> Response:
    """Pay what was approved, or a part of it; the whole of it is proposed."""
    member, due = person(current_user.branch_id, staff_id), sums_of(staff_id).due
    form = PayForm(key=fresh_key(), amount=due if due > 0 else None)
    form.cashbox_id.choices = [(box.id, box.name) for box in boxes_of(current_user.branch_id)]
    if saved(form, lambda: _pay(staff_id, form)):
        flash(_("به %(name)s پرداخت شد.", name=member.name))
        return redirect(_back_to(staff_id), HTTPStatus.SEE_OTHER)
    return answered("payroll/pay.html", form, member=member, due=due, back_to=_back_to(staff_id))


def _pay(staff_id: int, form: PayForm) -> Payment:
    return pay_statement(
        branch_id=current_user.branch_id,
        staff_id=staff_id,
        amount=form.amount.data or 0,
        cashbox_id=form.cashbox_id.data,
        note=form.note.data or "",
        key=f"screen:{form.key.data}",
        actor=current_user,
        now=present(),
    )


@blueprint.post("/staff/<key:staff_id>/payments/<key:payment_id>/take-back")
@requires(Permission.PAY_WRITE)
def take_back(staff_id: int, payment_id: int) -> Response:
    """Take a payment back into its box."""
    key = request.form.get("key", "")[:64] or fresh_key()
    with transaction():
        take_payment_back(
            branch_id=current_user.branch_id,
            staff_id=staff_id,
            payment_id=payment_id,
            key=f"screen:{key}",
            actor=current_user,
            now=present(),
        )
    flash(_("پرداخت برگشت خورد و دوباره قابل پرداخت است."))
    return redirect(_back_to(staff_id), HTTPStatus.SEE_OTHER)


def _back_to(staff_id: int) -> str:
    """The statement that was approved last, whose payment it is."""
    last = last_statement(staff_id)
    if last is None:
        return url_for("statements.one", staff_id=staff_id)
    return address(staff_id, last.starts_on, last.ends_before)
