"""Returning, correcting and cancelling on screen."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...cashbox.rules import METHOD_LABELS
from ...club.wallet.queries import wallet_of
from ...core.errors import DomainError, NotFound
from ...core.forms import outcome_of
from ...core.keys import fresh_key
from ...core.pages import page, present
from ...core.permissions import Permission, requires
from ...core.text import persian_digits
from ...customers.queries import customer
from ...ledger.models import Unit
from .forms import ReturnForm, WholeForm, box_of, wanted_of
from .lines.rules import SoldLine
from .plans.queries import plan_of
from .queries import sold_lines, standing
from .rules import Refund, Returned, ReturnPlan, Standing, falls_short
from .services import cancel_sale, correct_sale, return_sale

blueprint = Blueprint("returns", __name__)


@blueprint.get("/invoices/<key:invoice_id>/return")
@requires(Permission.INVOICES_RETURN)
def choose(invoice_id: int) -> Response:
    """Ask which lines go back; of a sale of one line all of it is proposed."""
    lines = _listed(invoice_id)
    typed = {box_of(line): persian_digits(str(line.left)) for line in lines} if len(lines) == 1 else {}
    return _return_page(invoice_id, ReturnForm(formdata=None, key=fresh_key()), typed)


@blueprint.get("/invoices/<key:invoice_id>/return/plan")
@requires(Permission.INVOICES_RETURN)
def plan_fragment(invoice_id: int) -> Response:
    """What would go back by what is typed so far."""
    return page("invoices/returns/_plan.html", **_planned(invoice_id, request.args))


@blueprint.post("/invoices/<key:invoice_id>/return")
@requires(Permission.INVOICES_RETURN)
def give_back(invoice_id: int) -> Response:
    """Take back what was chosen and go to the return's slip; a refusal leaves everything typed where it is."""
    form = ReturnForm()
    form.offer(is_nameless=standing(invoice_id).is_nameless)
    done = outcome_of(form, lambda: _returned(invoice_id, form))
    if done is not None:
        flash(_("مرجوعی ثبت شد."))
        return redirect(url_for("slips.slip_page", invoice_id=done.id, print=1), 303)
    return _return_page(invoice_id, form, request.form, 422)


def _returned(invoice_id: int, form: ReturnForm) -> Returned:
    seen = form.seen_total.data
    return return_sale(
        branch_id=current_user.branch_id,
        invoice_id=invoice_id,
        lines=wanted_of(request.form, sold_lines(invoice_id)),
        refund=Refund(form.refund.data),
        reason=form.reason.data or "",
        seen_total=int(seen) if seen else None,
        key=form.key.data or "",
        actor_id=current_user.id,
        now=present(),
    )


def _return_page(invoice_id: int, form: ReturnForm, typed: Mapping[str, str], status: int = 200) -> Response:
    sale = standing(invoice_id)
    form.offer(is_nameless=sale.is_nameless)
    asked = {"refund": form.refund.data or Refund.ORIGINAL.value, **typed}
    return page(
        "invoices/returns/choose.html",
        status,
        form=form,
        sold=sold_lines(invoice_id),
        typed=typed,
        box_of=box_of,
        **_of_sale(sale),
        **_planned(invoice_id, asked),
    )


def _listed(invoice_id: int) -> list[SoldLine]:
    return [line for line in sold_lines(invoice_id) if line.left > 0]


def _of_sale(sale: Standing) -> dict[str, Any]:
    return {"sale": sale, "owner": customer(sale.customer_id)}


def _planned(invoice_id: int, typed: Mapping[str, str]) -> dict[str, Any]:
    """The plan, or why there is none; nothing chosen yet is no refusal."""
    try:
        wanted = wanted_of(typed, sold_lines(invoice_id))
        refund = typed.get("refund", "")
        plan = plan_of(invoice_id, wanted, Refund(refund if refund in set(Refund) else Refund.ORIGINAL), present())
    except NotFound:
        raise
    except DomainError as error:
        return {"plan": None, "refusal": "" if error.code == "nothing_chosen" else error.message}
    return _shown(plan)


def _shown(plan: ReturnPlan) -> dict[str, Any]:
    wallet = wallet_of(plan.sale.customer_id, present())
    points, credit = plan.clawback.get(Unit.POINT, 0), plan.clawback.get(Unit.RIAL, 0)
    short = falls_short(plan, wallet.points.current, wallet.credit.current)
    return {"plan": plan, "points": points, "credit": credit, "short": short, "methods": METHOD_LABELS, "refusal": ""}


@blueprint.get("/invoices/<key:invoice_id>/correct")
@requires(Permission.INVOICES_CORRECT)
def ask_correction(invoice_id: int) -> Response:
    """Say what a correction does before it is done."""
    return _whole_page("correct", invoice_id, WholeForm(formdata=None, key=fresh_key()))


@blueprint.post("/invoices/<key:invoice_id>/correct")
@requires(Permission.INVOICES_CORRECT)
def correct(invoice_id: int) -> Response:
    """Take the sale back and go to the draft of it."""
    form = WholeForm()
    done = outcome_of(form, lambda: correct_sale(**_asked(invoice_id, form)))
    if done is not None:
        flash(_("فاکتور پیشین برگشت؛ ردیف‌ها را درست کنید و دوباره تسویه کنید."))
        return redirect(url_for("invoices.checkout", invoice_id=done.draft_id), 303)
    return _whole_page("correct", invoice_id, form, 422)


@blueprint.get("/invoices/<key:invoice_id>/cancel")
@requires(Permission.INVOICES_CANCEL)
def ask_cancelling(invoice_id: int) -> Response:
    """Say what cancelling does before it is done."""
    return _whole_page("cancel", invoice_id, WholeForm(formdata=None, key=fresh_key()))


@blueprint.post("/invoices/<key:invoice_id>/cancel")
@requires(Permission.INVOICES_CANCEL)
def cancel(invoice_id: int) -> Response:
    """Take the sale of today back as if it had not been."""
    form = WholeForm()
    done = outcome_of(form, lambda: cancel_sale(**_asked(invoice_id, form)))
    if done is not None:
        flash(_("فاکتور باطل شد."))
        return redirect(url_for("slips.slip_page", invoice_id=done.id), 303)
    return _whole_page("cancel", invoice_id, form, 422)


def _asked(invoice_id: int, form: WholeForm) -> dict[str, Any]:
    return {
        "branch_id": current_user.branch_id,
        "invoice_id": invoice_id,
        "reason": form.reason.data,
        "key": form.key.data,
        "actor_id": current_user.id,
        "now": present(),
    }


def _whole_page(act: str, invoice_id: int, form: WholeForm, status: int = 200) -> Response:
    sale = standing(invoice_id)
    refund = Refund.ACCOUNT if act == "correct" and not sale.is_nameless else Refund.ORIGINAL
    try:
        planned = _shown(plan_of(invoice_id, None, refund, present()))
    except DomainError as error:
        planned = {"plan": None, "refusal": error.message}
    return page("invoices/returns/whole.html", status, act=act, form=form, **_of_sale(sale), **planned)
