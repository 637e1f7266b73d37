"""Opening and closing a till on screen, and the report of its closing."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.forms import answered, outcome_of, saved
from ...core.keys import fresh_key
from ...core.money import Currency
from ...core.pages import currency, page, page_number, paginate, present, profile_shown
from ...core.paper import SLIPS, Paper, printed
from ...core.permissions import Permission, requires
from ..boxes.queries import box_of, held_in
from ..errors import PERIOD_CLOSED, paper_unknown
from ..forms import CloseShiftForm, OpenShiftForm
from ..models import Shift
from ..vouchers.rules import label_of
from .queries import moved_in, shift_of, shift_row, shift_rows, terminals_since
from .rules import COINS, NOTES, sum_of
from .services import close_shift, open_shift

blueprint = Blueprint("shifts", __name__)


@blueprint.get("/cashbox/shifts")
@requires(Permission.CASHBOX_VIEW)
def listing() -> Response:
    """The shifts of the branch, the newest first."""
    shown = paginate(lambda limit, offset: shift_rows(current_user.branch_id, limit, offset), page_number())
    return page("cashbox/shifts.html", shown=shown, here=lambda number: url_for("shifts.listing", page=number))


@blueprint.route("/cashbox/<key:cashbox_id>/open", methods=["GET", "POST"])
@requires(Permission.SHIFTS_WRITE)
def open_till(cashbox_id: int) -> Response:
    """Begin a shift with the money that was counted."""
    box = box_of(current_user.branch_id, cashbox_id)
    form = OpenShiftForm(key=fresh_key())
    if saved(form, lambda: _open(cashbox_id, form)):
        flash(_("شیفت %(name)s باز شد.", name=box.name))
        return redirect(url_for("cashbox.overview"), HTTPStatus.SEE_OTHER)
    return answered("cashbox/open.html", form, box=box, held=held_in(box))


def _open(cashbox_id: int, form: OpenShiftForm) -> Shift:
    return open_shift(
        branch_id=current_user.branch_id,
        cashbox_id=cashbox_id,
        counted=form.counted.data or 0,
        key=f"screen:{form.key.data}",
        actor=current_user,
        now=present(),
    )


@blueprint.route("/cashbox/shifts/<key:shift_id>/close", methods=["GET", "POST"])
@requires(Permission.SHIFTS_WRITE)
def close_till(shift_id: int) -> Response:
    """End a shift with the money that was counted note by note, and go to its report."""
    shift = shift_of(current_user.branch_id, shift_id)
    terminals = terminals_since(shift)
    form = CloseShiftForm(key=fresh_key(), slips=[{"cashbox_id": of.cashbox_id} for of in terminals])
    if outcome_of(form, lambda: _close(shift_id, form)) is not None:
        return redirect(url_for("shifts.report", shift_id=shift_id), HTTPStatus.SEE_OTHER)
    if shift.closed_at is not None:
        flash(str(PERIOD_CLOSED.message), "warn")
        return redirect(url_for("shifts.report", shift_id=shift_id), HTTPStatus.SEE_OTHER)
    box = box_of(current_user.branch_id, shift.cashbox_id)
    return answered(
        "cashbox/close.html",
        form,
        shift=shift,
        box=box,
        expected=held_in(box),
        notes=list(zip(NOTES, form.pieces, strict=True)),
        terminals=list(zip(terminals, form.slips, strict=False)),
        scale=currency().rials,
    )


def _close(shift_id: int, form: CloseShiftForm) -> Shift:
    pieces = form.counted_pieces()
    return close_shift(
        branch_id=current_user.branch_id,
        shift_id=shift_id,
        counted=sum_of(pieces),
        pieces=pieces,
        slips=form.slip_totals(),
        explanation=form.explanation.data or "",
        must_explain=True,
        key=f"screen:{form.key.data}",
        actor=current_user,
        now=present(),
    )


@blueprint.get("/cashbox/shifts/<key:shift_id>")
@requires(Permission.CASHBOX_VIEW)
def report(shift_id: int) -> Response:
    """What a shift came to."""
    return page("cashbox/shift.html", **_facts(shift_id))


@blueprint.get("/cashbox/shifts/<key:shift_id>/report.pdf")
@requires(Permission.CASHBOX_VIEW)
def report_file(shift_id: int) -> Response:
    """The same as PDF on `paper`: 80mm or a5."""
    wanted = request.args.get("paper", Paper.ROLL.value)
    if wanted not in SLIPS:
        raise paper_unknown()
    return Response(
        printed("cashbox/shift_print.html", Paper(wanted), **_facts(shift_id)),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="shift-{shift_id}-{wanted}.pdf"'},
    )


def _facts(shift_id: int) -> dict[str, Any]:
    row = shift_row(current_user.branch_id, shift_id)
    values = row.shift.pieces or {}
    pieces = [(value, values[str(value)]) for value in NOTES if values.get(str(value))]
    return {
        "row": row,
        "shift": row.shift,
        "moved": moved_in(row.shift),
        "label": label_of,
        "pieces": pieces,
        "coins": values.get(str(COINS), 0),
        "salon": profile_shown().name,
        "currency": Currency(profile_shown().currency),
    }
