"""Money that is awaited, on screen: seen in the account, or not come."""

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...cashbox.rules import METHOD_LABELS
from ...core.db import transaction
from ...core.pages import page, page_number, paginate, present, row_key
from ...core.permissions import Permission, requires
from .queries import accounts_of, awaited
from .services import record_absence, record_arrival

blueprint = Blueprint("outcomes", __name__)


@blueprint.get("/invoices/awaited")
@requires(Permission.INVOICES_SETTLE)
def awaited_page() -> Response:
    """Card-to-card money that nobody has seen yet, and cheques in hand."""
    branch_id = current_user.branch_id
    return page(
        "invoices/awaited.html",
        shown=paginate(lambda limit, offset: awaited(branch_id, limit, offset), page_number()),
        accounts=accounts_of(branch_id),
        methods=METHOD_LABELS,
        here=_page_here,
    )


def _page_here(number: int) -> str:
    return url_for("outcomes.awaited_page", page=number)


@blueprint.post("/invoices/awaited/<key:payment_id>")
@requires(Permission.INVOICES_SETTLE)
def tell(payment_id: int) -> Response:
    """Say what became of a payment: `came` is 1 when it was seen in the account."""
    came, now = request.form.get("came") == "1", present()
    note = request.form.get("note", "")
    with transaction():
        if came:
            box_id = row_key(request.form.get("cashbox_id", ""))
            record_arrival(payment_id=payment_id, cashbox_id=box_id, note=note, actor_id=current_user.id, now=now)
        else:
            record_absence(payment_id=payment_id, note=note, actor_id=current_user.id, now=now)
    flash(_("به حساب نشست.") if came else _("بدهی مشتری شد؛ فاکتورش باز است."), "ok" if came else "warn")
    return redirect(url_for("outcomes.awaited_page"), 303)
