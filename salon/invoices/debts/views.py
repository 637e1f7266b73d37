"""Customers who owe, on screen: their list by age, what was said, statements, reminders."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.forms import answered, saved, typed
from ...core.money import Currency, group
from ...core.pages import page, page_number, paginate, present, profile_shown, today
from ...core.paper import Paper, printed
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ...messaging.jobs import wake_delivery
from .forms import ContactForm, OverForm
from .queries import contacts_with, debtors, debts, movements_of
from .rules import AGE_LABELS, running
from .services import record_contact, remind_of_debt, remind_of_debts

blueprint = Blueprint("debts", __name__)


def debtors_page() -> Response:
    """Everybody who owes as much as is asked for, by age."""
    form = OverForm(request.args)
    least = form.least.data or 0 if form.validate() else 0
    day = today()
    return page(
        "invoices/debtors.html",
        form=form,
        least=least,
        shown=paginate(lambda limit, offset: debtors(day, limit, offset, least=least), page_number()),
        debts=debts(day, least=least),
        ages=AGE_LABELS,
        here=lambda number: url_for("till.receive", page=number, least=request.args.get("least")),
    )


@blueprint.post("/invoices/debtors/remind")
@requires(Permission.INVOICES_SETTLE)
def remind_all() -> Response:
    """Remind everybody who owes as much or more."""
    form = OverForm(request.form)
    least = form.least.data or 0 if form.validate() else 0
    with transaction():
        count = remind_of_debts(branch_id=current_user.branch_id, least=least, actor=current_user, now=present())
    _tell(count)
    return redirect(url_for("till.receive", least=request.form.get("least")), HTTPStatus.SEE_OTHER)


@blueprint.post("/invoices/debtors/<key:customer_id>/remind")
@requires(Permission.INVOICES_SETTLE)
def remind_one(customer_id: int) -> Response:
    """Remind one who owes."""
    with transaction():
        count = remind_of_debt(
            branch_id=current_user.branch_id, customer_id=customer_id, actor=current_user, now=present()
        )
    _tell(count)
    return redirect(url_for("till.receive", customer_id=customer_id), HTTPStatus.SEE_OTHER)


def _tell(count: int) -> None:
    if count:
        wake_delivery()
        flash(_("%(count)s پیام یادآوری نوشته شد.", count=group(count)))
    else:
        flash(_("پیامی نوشته نشد: امروز یادآوری گرفته‌اند یا موبایل ندارند."), "warn")


@blueprint.route("/invoices/debtors/<key:customer_id>/contact", methods=["GET", "POST"])
@requires(Permission.INVOICES_SETTLE)
def contact(customer_id: int) -> Response:
    """What was said with her so far, and a new note."""
    owner = customer(customer_id)
    form = ContactForm()
    if saved(form, lambda: record_contact(customer_id=owner.id, **typed(form), actor=current_user, now=present())):
        flash(_("یادداشت شد."))
        return redirect(url_for("till.receive", customer_id=owner.id), HTTPStatus.SEE_OTHER)
    return answered("invoices/contact.html", form, owner=owner, contacts=contacts_with(owner.id))


@blueprint.get("/invoices/debtors/<key:customer_id>/statement")
@requires(Permission.INVOICES_VIEW)
def statement(customer_id: int) -> Response:
    """Her invoices and payments in order, with what she owed after each."""
    return page("invoices/statement.html", **_facts(customer_id))


@blueprint.get("/invoices/debtors/<key:customer_id>/statement.pdf")
@requires(Permission.INVOICES_VIEW)
def statement_file(customer_id: int) -> Response:
    """The same as PDF on A4."""
    return Response(
        printed("invoices/statement_print.html", Paper.A4, **_facts(customer_id)),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="statement-{customer_id}.pdf"'},
    )


def _facts(customer_id: int) -> dict[str, Any]:
    owner = customer(customer_id)
    lines = running(movements_of(owner.id))
    return {
        "owner": owner,
        "lines": lines,
        "owed": lines[-1].owed if lines else 0,
        "salon": profile_shown().name,
        "currency": Currency(profile_shown().currency),
    }
