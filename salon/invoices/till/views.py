"""Taking money: settling an invoice, receiving old debts."""

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.errors import DomainError, NotFound
from ...core.forms import form_refused, outcome_of
from ...core.keys import fresh_key
from ...core.pages import currency, may, page, present, row_key, wants_json
from ...core.permissions import Permission, requires
from ...customers.queries import customer
from ...messaging.jobs import wake_delivery
from ..checkout.rules import Outcome
from ..debts.queries import contacts_with
from ..debts.views import debtors_page
from ..forms import MoneyForm, SettlementForm
from ..models import InvoiceStatus, Receipt
from ..queries import check_birth, invoice, open_invoices_of
from ..receipts.services import receive as receive_for
from ..rules import Rest
from ..views import checkout_page
from .services import settle_as_seen

blueprint = Blueprint("till", __name__)


@blueprint.post("/invoices/<key:invoice_id>/settle")
@requires(Permission.INVOICES_SETTLE)
def settle_invoice(invoice_id: int) -> Response:
    """Settle and go to the slip; a refusal is shown at its field with everything typed still there."""
    check_birth(invoice_id, request.form.get("born", ""))
    form = SettlementForm()
    if form.validate_on_submit():
        try:
            with transaction():
                outcome = _settled(invoice_id, form)
        except NotFound:
            raise
        except DomainError as error:
            return _refused(invoice_id, form, error)
        wake_delivery()
        return _go(url_for("slips.slip_page", invoice_id=outcome.invoice_id, print=1))
    return _answer(invoice_id, form)


def _settled(invoice_id: int, form: SettlementForm) -> Outcome:
    return settle_as_seen(
        branch_id=current_user.branch_id,
        invoice_id=invoice_id,
        payments=form.payments(),
        credit=form.credit.data or 0,
        deposit=form.deposit.data or 0,
        rest=_rest(form),
        seen_due=int(form.seen_due.data or 0),
        leave_debt=bool(form.leave_debt.data),
        key=form.key.data or "",
        actor_id=current_user.id,
        now=present(),
    )


def _rest(form: SettlementForm) -> Rest:
    """What is above the due is given back, unless it shall stay on account."""
    keep = bool(form.keep_rest.data)
    return Rest(
        keep=keep,
        give_change=not keep,
        promised_on=form.promised_on.data,
        may_pass_limit=may(Permission.DEBT_LIMIT_PASS),
    )


def _refused(invoice_id: int, form: SettlementForm, error: DomainError) -> Response:
    """What was settled already, here or elsewhere, is shown by its slip; anything else stays on the till."""
    if error.code in {"already_settled", "key_reused"} and invoice(invoice_id).status == InvoiceStatus.SETTLED:
        flash(_("این فاکتور پیش‌تر تسویه شده است."), "warn")
        return _go(url_for("slips.slip_page", invoice_id=invoice_id))
    error.field = form.place_of(error.field)
    if wants_json() and (error.field or "").startswith("lines."):
        return make_response({"detail": error.message, "field": error.field}, 422)
    form_refused(form, error)
    return _answer(invoice_id, form)


def _answer(invoice_id: int, form: SettlementForm) -> Response:
    if wants_json():
        return _errors_of(form)
    return checkout_page(invoice(invoice_id), form, 422)


@blueprint.get("/invoices/receive")
@requires(Permission.INVOICES_SETTLE)
def receive() -> Response:
    """Everybody who owes, or one customer's open invoices and what she pays of them."""
    customer_id = request.args.get("customer_id", type=row_key)
    if customer_id is None:
        return debtors_page()
    return _receive_page(customer_id, MoneyForm(formdata=None, key=fresh_key()))


@blueprint.post("/invoices/receive")
@requires(Permission.INVOICES_SETTLE)
def receive_money() -> Response:
    """Lay what was paid over her open invoices, the oldest first."""
    customer_id = request.args.get("customer_id", type=row_key) or 0
    form = MoneyForm()
    written = outcome_of(form, lambda: _received(customer_id, form))
    if written is not None:
        wake_delivery()
        flash(_("دریافت شد."))
        return _go(_after(written))
    return _errors_of(form) if wants_json() else _receive_page(customer_id, form, 422)


def _received(customer_id: int, form: MoneyForm) -> Receipt:
    chosen = request.form.getlist("invoice", type=row_key)
    try:
        return receive_for(
            branch_id=current_user.branch_id,
            customer_id=customer_id,
            payments=form.payments(),
            invoice_ids=[key for key in chosen if key is not None] or None,
            key=f"screen:{form.key.data}",
            actor_id=current_user.id,
            now=present(),
        )
    except DomainError as error:
        error.field = form.place_of(error.field)
        raise


def _after(written: Receipt) -> str:
    """The slip where one invoice took it all, else what she still owes."""
    if len(written.allocated) == 1:
        return url_for("slips.slip_page", invoice_id=written.allocated[0]["invoice_id"], print=1)
    return url_for("invoices.listing", customer_id=written.customer_id)


def _receive_page(customer_id: int, form: MoneyForm, status: int = 200) -> Response:
    owes = open_invoices_of(customer_id)
    return page(
        "invoices/receive.html",
        status,
        owner=customer(customer_id),
        owes=owes,
        due=sum(found.due for found in owes),
        chosen=set(request.form.getlist("invoice", type=row_key)),
        contacts=contacts_with(customer_id),
        scale=currency().rials,
        form=form,
    )


def _go(address: str) -> Response:
    """On to another page: scripts are told where, browsers are sent."""
    return make_response({"location": address}, 200) if wants_json() else redirect(address, 303)


def _errors_of(form: FlaskForm) -> Response:
    fields = {name: [str(error) for error in errors] for name, errors in form.errors.items() if name}
    return make_response({"errors": fields, "detail": " ".join(str(error) for error in form.form_errors)}, 422)
