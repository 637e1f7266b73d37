"""The calls of one visit, from health to messages."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Flask
from flask_login import current_user
from flask_smorest import Blueprint

from ..appointments import queries as appointments
from ..appointments.rules import BookingItem
from ..appointments.services import book
from ..catalog.queries import active_services
from ..club.cards.queries import customer_of_swipe
from ..club.cards.services import issue_card
from ..club.models import MemberCard
from ..club.wallet.queries import wallet_of
from ..club.wallet.rules import Wallet
from ..core import clock
from ..core.db import is_postgresql, transaction
from ..core.jalali import local_date
from ..core.permissions import Permission, public, requires
from ..customers import queries as customers
from ..customers.models import Customer
from ..customers.services import CustomerSpec, add_customer
from ..invoices import queries as invoices
from ..invoices.checkout.services import settle
from ..invoices.models import Invoice, PaymentMethod
from ..invoices.rules import LineSpec, PaymentSpec
from ..invoices.services import draft
from ..messaging.jobs import wake_delivery
from ..messaging.queries import messages_of, recent
from ..staff.queries import active_staff
from . import schemas as s
from .problems import PROBLEM_JSON, BodyParser, ProblemApi, ProblemSchema


class _Calls(Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    ARGUMENTS_PARSER = BodyParser()


blueprint = _Calls("api", __name__, url_prefix="/api/v1")
PROBLEMS = {
    400: "The request can't be read.",
    401: "Nobody is known by this token.",
    403: "The user may not do this.",
    404: "There is no such thing.",
    409: "The state of the salon refuses it.",
    422: "A value can't be so.",
}


def answers(status: int, schema: type[Any], *refusals: int) -> Any:
    """Document and shape the answer of a call, with the problems it may refuse by."""

    def declare(view: Any) -> Any:
        for refusal in (401, 403, *refusals):
            view = _refuses(refusal)(view)
        return blueprint.response(status, schema)(view)

    return declare


def takes(schema: type[Any], location: str = "json") -> Any:
    """The arguments of a call; a body that is no JSON is a problem too."""

    def declare(view: Any) -> Any:
        if location == "json":
            view = _refuses(400)(view)
        return blueprint.arguments(schema(), location=location)(view)

    return declare


def _refuses(status: int) -> Any:
    return blueprint.alt_response(status, schema=ProblemSchema, content_type=PROBLEM_JSON, description=PROBLEMS[status])


@blueprint.get("/health")
@blueprint.doc(security=[])
@blueprint.response(200, s.HealthSchema)
@public
def health() -> dict[str, str]:
    """Whether the salon answers."""
    return {"status": "ok", "database": "postgresql" if is_postgresql() else "sqlite"}


@blueprint.post("/customers")
@takes(s.NewCustomerSchema)
@answers(201, s.CustomerSchema, 409, 422)
@requires(Permission.CUSTOMERS_WRITE)
def create_customer(asked: dict[str, Any]) -> Customer:
    """Let a customer in."""
    spec = CustomerSpec(**asked)
    with transaction():
        return add_customer(branch_id=current_user.branch_id, spec=spec, actor=current_user, now=clock.now())


@blueprint.get("/customers")
@takes(s.SearchSchema, "query")
@answers(200, s.CustomersSchema, 422)
@requires(Permission.CUSTOMERS_VIEW)
def find_customers(asked: dict[str, Any]) -> dict[str, Any]:
    """Customers found by code, name or mobile; without a search, all of them page by page."""
    if asked["search"].strip():
        return {"items": customers.listed(asked["search"], asked["limit"]), "next": None}
    rows = customers.after(asked["cursor"], asked["limit"])
    return {"items": rows, "next": str(rows[-1].id) if len(rows) == asked["limit"] else None}


@blueprint.get("/services")
@answers(200, s.ServicesSchema)
@requires(Permission.CATALOG_VIEW)
def list_services() -> dict[str, Any]:
    """Services that are sold."""
    return {"items": active_services()}


@blueprint.get("/staff")
@answers(200, s.StaffSchema)
@requires(Permission.STAFF_VIEW)
def list_staff() -> dict[str, Any]:
    """People who serve customers."""
    return {"items": active_staff(current_user.branch_id)}


@blueprint.get("/availability")
@takes(s.AvailabilityQuerySchema, "query")
@answers(200, s.SlotsSchema, 404, 422)
@requires(Permission.DESK_VIEW)
def availability(asked: dict[str, Any]) -> dict[str, Any]:
    """Free times of a day for a service, by one person or by whoever does it."""
    slots = appointments.availability(
        branch_id=current_user.branch_id,
        day=asked["date"],
        service_id=asked["service_id"],
        staff_id=asked["staff_id"],
        now=clock.now(),
    )
    return {"slots": slots}


@blueprint.post("/appointments")
@takes(s.NewAppointmentSchema)
@answers(201, s.AppointmentSchema, 404, 409, 422)
@requires(Permission.APPOINTMENTS_WRITE)
def create_appointment(asked: dict[str, Any]) -> Any:
    """Book services one after another."""
    items = [BookingItem(**item) for item in asked.pop("items")]
    with transaction():
        return book(**asked, branch_id=current_user.branch_id, items=items, actor=current_user, now=clock.now())


@blueprint.post("/invoices")
@takes(s.NewInvoiceSchema)
@answers(201, s.InvoiceSchema, 404, 409, 422)
@requires(Permission.INVOICES_WRITE)
def create_invoice(asked: dict[str, Any]) -> Invoice:
    """Draft an invoice."""
    lines = [LineSpec(**line) for line in asked.pop("lines")]
    with transaction():
        invoice_id = draft(
            **asked, branch_id=current_user.branch_id, lines=lines, actor_id=current_user.id, now=clock.now()
        )
        return invoices.invoice(invoice_id)


@blueprint.post("/invoices/<key:invoice_id>/settlement")
@takes(s.IdempotencyHeaderSchema, "headers")
@takes(s.NewSettlementSchema)
@answers(200, s.SettlementSchema, 404, 409, 422)
@requires(Permission.INVOICES_SETTLE)
def settle_invoice(headers: dict[str, Any], asked: dict[str, Any], invoice_id: int) -> dict[str, Any]:
    """Pay an invoice; the same Idempotency-Key gives the same answer and moves nothing twice."""
    payments = [PaymentSpec(PaymentMethod(part["method"]), part["amount"]) for part in asked["payments"]]
    key = f"api:{headers['key'] or uuid.uuid4().hex}"
    with transaction():
        outcome = settle(
            branch_id=current_user.branch_id,
            invoice_id=invoice_id,
            payments=payments,
            credit=asked["credit"],
            key=key,
            actor_id=current_user.id,
            now=clock.now(),
        )
    wake_delivery()
    earned = {"points": outcome.earned_points, "credit": outcome.earned_credit}
    return vars(outcome) | {"paid": outcome.paid_so_far, "earned": earned}


@blueprint.get("/customers/<key:customer_id>/wallet")
@answers(200, s.WalletSchema, 404)
@requires(Permission.CLUB_VIEW)
def wallet(customer_id: int) -> Wallet:
    """What a customer has in the club."""
    return wallet_of(customers.customer(customer_id).id, clock.now())


@blueprint.post("/customers/<key:customer_id>/cards")
@takes(s.CardSwipeSchema)
@answers(201, s.CardSchema, 404, 409, 422)
@requires(Permission.CARDS_ISSUE)
def create_card(asked: dict[str, Any], customer_id: int) -> MemberCard:
    """Issue the swiped card to a customer."""
    with transaction():
        return issue_card(customer_id=customer_id, raw=asked["raw"], actor_id=current_user.id, now=clock.now())


@blueprint.post("/swipes")
@takes(s.SwipeSchema)
@answers(200, s.SwipedSchema, 404, 422)
@requires(Permission.DESK_VIEW)
def swipe(asked: dict[str, Any]) -> dict[str, Any]:
    """Open the customer whose card was swiped."""
    now = clock.now()
    customer_id = customer_of_swipe(asked["raw"])
    return {
        "customer": customers.customer(customer_id),
        "wallet": wallet_of(customer_id, now),
        "appointments_today": appointments.today_of(customer_id, local_date(now)),
    }


@blueprint.get("/messages")
@takes(s.MessagesQuerySchema, "query")
@answers(200, s.MessagesSchema, 422)
@requires(Permission.MESSAGES_VIEW)
def list_messages(asked: dict[str, Any]) -> dict[str, Sequence[Any]]:
    """Messages to a customer, or the latest to anybody."""
    customer_id = asked["customer_id"]
    return {"items": recent(100) if customer_id is None else messages_of(customer_id)}


def init_api(app: Flask) -> None:
    """Put the API and its OpenAPI description under /api/v1."""
    app.config.update(
        API_TITLE="Salon",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )
    api = ProblemApi(app)
    api.register_blueprint(blueprint)

    @app.get("/api/v1/openapi.json", endpoint="openapi")
    @public
    def openapi() -> dict[str, Any]:
        """The description of this API (OpenAPI 3.1)."""
        description: dict[str, Any] = api.spec.to_dict()
        return description


def is_api(path: str) -> bool:
    """Whether a path belongs to the API."""
    return path.startswith("/api/")
