"""The slip on screen and as PDF."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from ...core.pages import page, today
from ...core.paper import SLIPS, Paper
from ...core.permissions import Permission, requires
from ...messaging.rules import STATE_LABELS, STATE_TONES
from ..errors import paper_unknown
from ..queries import invoice, invoice_with, settlements_of
from ..returns.queries import sold_lines
from .queries import messages_about, slip
from .services import slip_pdf

blueprint = Blueprint("slips", __name__)


@blueprint.get("/invoices/<key:invoice_id>/slip")
@requires(Permission.INVOICES_VIEW)
def slip_page(invoice_id: int) -> Response:
    """The slip with what can be done with it; `print=1` prints at once."""
    facts = slip(invoice_id)
    return page(
        "invoices/slip.html",
        slip=facts,
        returnable=any(line.left for line in sold_lines(invoice_id)),
        cancellable=facts.business_date == today(),
        invoice=invoice(invoice_id),
        acts=settlements_of(invoice_id),
        messages=messages_about(invoice_id),
        states=STATE_LABELS,
        tones=STATE_TONES,
    )


@blueprint.get("/invoices/lines/<key:line_id>")
@requires(Permission.INVOICES_VIEW)
def slip_of_line(line_id: int) -> Response:
    """From a line, as a movement of goods names it, to the slip that it stands on."""
    return redirect(url_for("slips.slip_page", invoice_id=invoice_with(line_id)), 303)


@blueprint.get("/invoices/<key:invoice_id>/slip.pdf")
@requires(Permission.INVOICES_VIEW)
def slip_file(invoice_id: int) -> Response:
    """The slip as PDF on `paper`: 80mm or a5."""
    wanted = request.args.get("paper", Paper.ROLL.value)
    if wanted not in SLIPS:
        raise paper_unknown()
    facts = slip(invoice_id)
    name = f"invoice-{facts.number}-{wanted}.pdf"
    return Response(
        slip_pdf(facts, Paper(wanted)),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
