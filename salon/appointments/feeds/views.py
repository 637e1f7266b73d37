"""Somebody's calendar at its secret address, which a phone asks for by itself."""

from http import HTTPStatus

from flask import Blueprint, Flask, current_app, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.wrappers import Response

from ...core.pages import present
from ...core.permissions import public
from ...setup.queries import profile
from ...staff.feeds.queries import owner_of_feed
from .queries import entries_of
from .rules import calendar_of

blueprint = Blueprint("feeds", __name__)
_LOOKS = "salon_feed_looks"
LIMIT = parse("60 per minute")  # of an address: a phone looks every few minutes, and nobody guesses so slowly


def init_feeds(app: Flask) -> None:
    """Count how often an address looks."""
    app.extensions[_LOOKS] = FixedWindowRateLimiter(MemoryStorage())
    app.register_blueprint(blueprint)


@blueprint.get("/calendar/<key>.ics")
@public
def feed(key: str) -> Response:
    """The bookings of whoever's address it is."""
    if not current_app.extensions[_LOOKS].hit(LIMIT, request.remote_addr or ""):
        return Response(status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "60"})
    owner = owner_of_feed(key)
    name = f"{profile().name} · {owner.name}"
    answer = Response(calendar_of(name, entries_of(owner.id, present())), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="salon.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request.environ)
