"""The page that a link in an SMS leads to: a time that is kept for a customer while she answers.

Phones look at links before anybody presses them, so a look changes nothing; taking and declining are sent.
"""

from http import HTTPStatus

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.wrappers import Response

from ..appointments.slot_offers.models import OfferState, SlotOffer
from ..appointments.slot_offers.queries import offer_of_token, told
from ..appointments.slot_offers.rules import until_when
from ..appointments.slot_offers.services import decline, take
from ..appointments.waitlist.jobs import wake_offering
from ..core.db import transaction
from ..core.errors import DomainError, NotFound
from ..core.pages import page, present, today
from ..core.permissions import public
from ..customers.queries import customer
from ..messaging.jobs import wake_delivery
from ..setup.branches.queries import branch_of
from ..setup.queries import default_branch

blueprint = Blueprint("portal", __name__)
_LOOKS = "salon_portal_looks"
LIMIT = parse("60 per minute")  # of an address; nobody answers so often, and nobody guesses a link so slowly


def init_portal(app: Flask) -> None:
    """Count how often an address looks."""
    app.extensions[_LOOKS] = FixedWindowRateLimiter(MemoryStorage())
    app.register_blueprint(blueprint)


@blueprint.get("/o/<token>")
@public
def offered(token: str) -> Response:
    """What is offered, and whether it still is."""
    if not _may_look():
        return _page("portal/slow.html", HTTPStatus.TOO_MANY_REQUESTS)
    try:
        offer = offer_of_token(token)
    except NotFound:
        return _page("portal/unknown.html", HTTPStatus.NOT_FOUND)
    return _shown(offer, token)


@blueprint.post("/o/<token>/take")
@public
def take_it(token: str) -> Response:
    """Take the time."""
    return _answered(token, OfferState.TAKEN)


@blueprint.post("/o/<token>/decline")
@public
def decline_it(token: str) -> Response:
    """Let the time go to others."""
    return _answered(token, OfferState.DECLINED)


def _answered(token: str, answer: OfferState) -> Response:
    """Do what she says and show what came of it; what is refused is told on the same page."""
    if not _may_look():
        return _page("portal/slow.html", HTTPStatus.TOO_MANY_REQUESTS)
    try:
        with transaction():
            act = take if answer == OfferState.TAKEN else decline
            act(offer_id=offer_of_token(token).id, actor=None, now=present())
    except NotFound:
        return _page("portal/unknown.html", HTTPStatus.NOT_FOUND)
    except DomainError as refused:
        return _shown(offer_of_token(token), token, refused)
    wake_delivery()
    wake_offering()
    return redirect(url_for("portal.offered", token=token), HTTPStatus.SEE_OTHER)


def _shown(offer: SlotOffer, token: str, refused: DomainError | None = None) -> Response:
    late = offer.state == OfferState.LAPSED or (offer.state == OfferState.OPEN and offer.expires_at <= present())
    gone = refused is not None and offer.state == OfferState.OPEN and not late
    return _page(
        "portal/offer.html",
        HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
        branch=branch_of(offer.branch_id),
        offer=offer,
        token=token,
        state="gone" if gone else "lapsed" if late else offer.state,
        services=told(offer.items),
        until=until_when(offer.expires_at, today()),
        reader=customer(offer.customer_id),
        why=refused.message if refused is not None and gone else "",
    )


def _page(template: str, status: HTTPStatus, **values: object) -> Response:
    """A page that no machine keeps, and whose address is told to nobody."""
    values.setdefault("branch", default_branch())
    answer = page(template, status, **values)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _may_look() -> bool:
    looks: FixedWindowRateLimiter = current_app.extensions[_LOOKS]
    return looks.hit(LIMIT, request.remote_addr or "")
