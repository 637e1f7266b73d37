"""Invoices on screen: the day's list, new drafts, and the checkout."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ..appointments.deposits.queries import spendable
from ..appointments.queries import of_branch
from ..cashbox.queries import other_till
from ..catalog.packages.queries import active_packages
from ..catalog.packages.rules import Offer, Part, parts_of
from ..catalog.prices.rules import PRODUCT, SERVICE
from ..catalog.queries import active_products, active_services, staff_ids_by_service
from ..core.db import transaction
from ..core.jalali import local_date, parse_jalali
from ..core.keys import fresh_key
from ..core.money import MOST_RIALS
from ..core.pages import currency, page, page_number, paginate, present, row_key, today
from ..core.permissions import Permission, requires
from ..customers.errors import customer_missing
from ..customers.queries import customer
from ..ledger.queries import receivable_of
from ..setup.queries import active_sale_kinds, profile, tax_bp_on
from ..staff.queries import active_staff
from .forms import SettlementForm, lines_of, terms_of
from .models import Invoice, InvoiceStatus
from .outcomes.queries import awaited_count
from .packages.queries import sessions_left
from .packages.rules import left_sentence
from .prices.queries import till_prices
from .queries import birth_of, check_birth, invoice, preview, to_take
from .redo.queries import redoable
from .redo.rules import again_sentence
from .returns.queries import pointers_of
from .services import change_draft, discard_draft
from .terms.queries import shares_of, tips_of
from .terms.services import tax_by_day
from .till.queries import Wanted, booked_at, invoice_rows, sums_of
from .till.services import draft_of_visit, open_draft, walk_in

blueprint = Blueprint("invoices", __name__)


@blueprint.get("/invoices")
@requires(Permission.INVOICES_VIEW)
def listing() -> Response:
    """Invoices of a day, by status or of a customer; today's when nothing is asked."""
    wanted = _wanted(local_date(present()))
    shown = paginate(lambda limit, offset: invoice_rows(wanted, limit, offset), page_number())
    owner = customer(wanted.customer_id) if wanted.customer_id else None
    return page(
        "invoices/list.html",
        wanted=wanted,
        shown=shown,
        sums=sums_of(wanted),
        owner=owner,
        here=_page_here,
        pointers=pointers_of([row.invoice for row in shown.rows]),
        waiting=awaited_count(current_user.branch_id),
    )


def _page_here(number: int) -> str:
    """The address of another page of this list."""
    kept: dict[str, Any] = {**request.args.to_dict(), "page": number}
    return url_for("invoices.listing", **kept)


def _wanted(today: date) -> Wanted:
    status = request.args.get("status", "")
    customer_id = request.args.get("customer_id", type=row_key)
    typed = request.args.get("day", "")
    day = parse_jalali(typed) if typed else None
    if day is None and not status and not customer_id:
        day = today
    known = status if status in set(InvoiceStatus) else None
    return Wanted(day, known, customer_id)


@blueprint.get("/invoices/new")
@requires(Permission.INVOICES_WRITE)
def choose_customer() -> Response:
    """Ask whom the invoice is for."""
    return page("invoices/new.html")


@blueprint.post("/invoices/new")
@requires(Permission.INVOICES_WRITE)
def new() -> Response:
    """Open a draft for a booking, a customer or a walk-in, and go there."""
    now = present()
    with transaction():
        invoice_id = _opened(now)
    return redirect(url_for("invoices.checkout", invoice_id=invoice_id), 303)


def _opened(now: datetime) -> int:
    appointment_id = request.form.get("appointment_id", type=row_key)
    customer_id = request.form.get("customer_id", type=row_key)
    if appointment_id is not None:
        of_branch(appointment_id, current_user.branch_id)
        return draft_of_visit(appointment_id=appointment_id, actor_id=current_user.id, now=now)
    if request.form.get("walk_in"):
        customer_id = walk_in(branch_id=current_user.branch_id, actor=current_user, now=now)
    if customer_id is None:
        raise customer_missing()
    return open_draft(branch_id=current_user.branch_id, customer_id=customer_id, actor_id=current_user.id, now=now)


@blueprint.get("/invoices/<key:invoice_id>")
@requires(Permission.INVOICES_VIEW)
def checkout(invoice_id: int) -> Response:
    """The till of a draft or of an open invoice; of a settled one the slip."""
    found = invoice(invoice_id)
    if found.status == InvoiceStatus.SETTLED:
        return redirect(url_for("slips.slip_page", invoice_id=invoice_id))
    if found.status == InvoiceStatus.DRAFT and tax_bp_on(found.business_date) != tax_bp_on(today()):
        with transaction():
            tax_by_day(invoice_id=invoice_id, day=today())
        found = invoice(invoice_id)
    form = SettlementForm(formdata=None, key=fresh_key(), seen_due=str(to_take(found)))
    return checkout_page(found, form)


def checkout_page(found: Invoice, form: SettlementForm, status: int = 200) -> Response:
    """The till of an invoice, with what was typed."""
    now = present()
    owner = customer(found.customer_id)
    deposits = _deposits(found, now)
    earlier = receivable_of(owner.id) - (found.due if found.number else 0)
    return page(
        "invoices/checkout.html",
        status,
        invoice=found,
        form=form,
        owner=owner,
        earlier_debt=earlier,
        booked_at=booked_at(found.appointment_id) if found.appointment_id else None,
        preview=preview(found, credit=form.credit.data or 0, now=now),
        till=_till(found, deposits),
        deposits=deposits,
        due=to_take(found),
        other_till=other_till(current_user.branch_id, current_user.id),
    )


def _deposits(found: Invoice, now: datetime) -> int:
    """What she left that may pay this invoice today, in rials."""
    held = spendable(found.customer_id, appointment_id=found.appointment_id, today=local_date(now))
    return sum(deposit.remaining for deposit in held)


@blueprint.put("/invoices/<key:invoice_id>/lines")
@requires(Permission.INVOICES_WRITE)
def write_lines(invoice_id: int) -> dict[str, Any]:
    """Keep the lines of a draft as they are typed."""
    typed = request.get_json(silent=True)
    said = typed if isinstance(typed, dict) else {}
    check_birth(invoice_id, str(said.get("born") or ""))
    lines, terms = lines_of(said.get("lines"), _ranged(invoice(invoice_id))), terms_of(said.get("terms"))
    with transaction():
        change_draft(invoice_id=invoice_id, lines=lines, terms=terms, actor_id=current_user.id)
    found = invoice(invoice_id)
    return {"lines": _lines(found), "terms": _terms(found), "due": to_take(found), "total": found.total}


def _ranged(found: Invoice) -> set[int]:
    """Services whose price has to be asked."""
    asks = till_prices(found).asks
    return {known.id for known in active_services() if asks(SERVICE, known.id, known.price, known.price_to)}


@blueprint.get("/invoices/<key:invoice_id>/preview")
@requires(Permission.INVOICES_VIEW)
def preview_fragment(invoice_id: int) -> Response:
    """What settling would earn; `credit` is the club credit to be spent, in rials."""
    credit = max(0, min(request.args.get("credit", 0, type=int), MOST_RIALS))
    found = invoice(invoice_id)
    return page(
        "invoices/_preview.html",
        preview=preview(found, credit=credit, now=present()),
        owner=customer(found.customer_id),
    )


@blueprint.post("/invoices/<key:invoice_id>/discard")
@requires(Permission.INVOICES_WRITE)
def discard(invoice_id: int) -> Response:
    """Throw a draft away."""
    with transaction():
        check_birth(invoice_id, request.form.get("born", ""))
        discard_draft(invoice_id=invoice_id)
    flash(_("پیش‌نویس دور انداخته شد."))
    return redirect(url_for("invoices.listing"), 303)


def _till(found: Invoice, deposits: int) -> dict[str, Any]:
    """What the page's script works with. Money in rials; `scale`: rials in the unit that is shown."""
    return {
        "id": found.id,
        "born": birth_of(found),
        "draft": found.status == InvoiceStatus.DRAFT,
        "lines": _lines(found),
        "terms": _terms(found),
        "paid": found.paid,
        "total": found.total,
        "deposits": deposits,
        "proposes": bool(deposits and found.corrects_id),
        "tax_bp": tax_bp_on(found.business_date),
        "round_to": profile().round_to,
        "kinds": [{"id": kind.id, "name": kind.name} for kind in active_sale_kinds()],
        "scale": currency().rials,
        "things": _things(found) if found.status == InvoiceStatus.DRAFT else [],
        "staff": [{"id": person.id, "name": person.name} for person in active_staff(found.branch_id)],
    }


def _lines(found: Invoice) -> list[dict[str, Any]]:
    kept = ("service_id", "product_id", "staff_id", "description", "quantity", "unit_price", "discount", "tax_bp")
    more = ("discount_bp", "discount_reason", "package_id", "series_line_id", "redo_line_id")
    shares = shares_of(found.id)
    asked = _ranged(found) if any(line.unit_price == 0 for line in found.lines) else set()
    rows = [
        {**{name: getattr(line, name) for name in (*kept, *more)}, "shares": shares.get(line.id, [])}
        for line in found.lines
    ]
    for row in rows:
        if row["package_id"] or row["series_line_id"]:
            continue
        if row["unit_price"] == 0 and row["service_id"] in asked:
            row["unit_price"] = None  # waits for its price
    return rows


def _terms(found: Invoice) -> dict[str, Any]:
    """What is said of the whole invoice. Money in rials."""
    return {
        "discount": found.shared_discount,
        "discount_bp": found.shared_discount_bp,
        "discount_reason": found.discount_reason,
        "tips": [{"staff_id": staff_id, "amount": amount} for staff_id, amount in tips_of(found.id)],
        "sale_kind_id": found.sale_kind_id,
    }


def _things(found: Invoice) -> list[dict[str, Any]]:
    """Everything that can be sold, at her own prices."""
    prices = till_prices(found)
    people = staff_ids_by_service()
    services: list[dict[str, Any]] = [
        {
            "service_id": service.id,
            "product_id": None,
            "name": service.name,
            "staff": sorted(people.get(service.id, ())),
            **prices.told(SERVICE, service.id, service.price, service.price_to),
        }
        for service in active_services()
    ]
    products: list[dict[str, Any]] = [
        {
            "service_id": None,
            "product_id": thing.id,
            "name": thing.name,
            "staff": [],
            **prices.told(PRODUCT, thing.id, thing.price),
        }
        for thing in active_products()
    ]
    return [*_sessions(found, people), *services, *products, *_packages(), *_redos(found, services)]


def _redos(found: Invoice, services: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was done for her lately and may be done again for nothing, by its service as it is sold now."""
    sold = {service["service_id"]: service for service in services}
    return [
        {
            **sold[done.service_id],
            "redo_line_id": done.line_id,
            "name": _("کار مجدد: %(what)s", what=done.description),
            "again": again_sentence(done),
        }
        for done in redoable(found.customer_id, found.business_date)
        if done.service_id in sold
    ]


def _sessions(found: Invoice, people: Mapping[int, Collection[int]]) -> list[dict[str, Any]]:
    """The sessions that she has left, of what ends first; `people` by the service that they do."""
    return [
        {
            "service_id": series.service_id,
            "product_id": None,
            "series_line_id": series.line_id,
            "name": series.description,
            "left": left_sentence(series),
            "staff": sorted(people.get(series.service_id, ())),
            "price": series.worth(1),
            "price_to": None,
            "by_staff": {},
        }
        for series in sessions_left(found.customer_id, found.business_date)
    ]


def _packages() -> list[dict[str, Any]]:
    """The packages that are offered, with the lines that each becomes."""
    return [
        {
            "service_id": None,
            "product_id": None,
            "name": offer.name,
            "staff": [],
            "price": offer.price,
            "price_to": None,
            "by_staff": {},
            "parts": [_part(offer, part) for part in parts_of(offer)],
        }
        for offer in active_packages()
    ]


def _part(offer: Offer, part: Part) -> dict[str, Any]:
    return {
        "service_id": part.item.service_id,
        "product_id": None,
        "package_id": offer.id,
        "series_line_id": None,
        "staff_id": None,
        "tax_bp": None,
        "description": part.item.name,
        "quantity": part.item.sessions,
        "unit_price": part.unit_price,
        "discount": part.discount,
        "discount_bp": None,
        "discount_reason": offer.name if part.discount else "",
        "shares": [],
    }
