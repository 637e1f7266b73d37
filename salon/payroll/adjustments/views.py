"""Bonuses and fines on screen."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, saved
from ...core.jalali import month_range
from ...core.keys import fresh_key
from ...core.pages import present, today
from ...core.permissions import Permission, requires
from ..forms import AdjustmentForm
from ..models import AdjustmentKind, PayAdjustment
from ..queries import last_statement, person
from .services import adjust_pay

blueprint = Blueprint("pay_adjustments", __name__)


@blueprint.route("/staff/<key:staff_id>/<any(bonus, fine):kind>", methods=["GET", "POST"])
@requires(Permission.PAY_WRITE)
def adjust(staff_id: int, kind: str) -> Response:
    """Give a bonus or a fine of today."""
    member, form = person(current_user.branch_id, staff_id), AdjustmentForm(key=fresh_key())
    back_to = url_for("statements.one", staff_id=staff_id)
    if saved(form, lambda: _adjust(staff_id, kind, form)):
        said = _("پاداش %(name)s ثبت شد.") if kind == AdjustmentKind.BONUS else _("جریمهٔ %(name)s ثبت شد.")
        flash(said % {"name": member.name})
        first, last = _days_of_today(staff_id)
        return redirect(f"{back_to}?starts_on={first}&ends_on={last}", HTTPStatus.SEE_OTHER)
    return answered("payroll/adjust.html", form, member=member, kind=kind, back_to=back_to)


def _adjust(staff_id: int, kind: str, form: AdjustmentForm) -> PayAdjustment:
    return adjust_pay(
        branch_id=current_user.branch_id,
        staff_id=staff_id,
        kind=kind,
        amount=form.amount.data or 0,
        reason=form.reason.data or "",
        key=f"screen:{form.key.data}",
        actor=current_user,
        now=present(),
    )


def _days_of_today(staff_id: int) -> tuple[date, date]:
    """The days whose statement will hold what is written today: of this month those that no statement holds yet."""
    last = last_statement(staff_id)
    first = month_range(today())[0] if last is None else max(month_range(today())[0], last.ends_before)
    return first, max(first, today())
