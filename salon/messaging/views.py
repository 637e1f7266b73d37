"""The messages of the salon: what went out, what waits, and what did not arrive and why."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core.pages import page, page_number, paginate, row_key
from ..core.permissions import Permission, requires
from ..customers.queries import customer
from .models import MessageState
from .queries import ListedMessage, listed, standing_alarm, waiting_count
from .rules import STATE_LABELS, STATE_TONES

blueprint = Blueprint("messages", __name__)

KINDS = {
    "settlement": _l("تسویهٔ فاکتور"),
    "reminder": _l("یادآوری نوبت"),
    "slot_offer": _l("پیشنهاد وقت"),
    "request_answer": _l("پاسخ به درخواست نوبت"),
}


@blueprint.get("/messages")
@requires(Permission.MESSAGES_VIEW)
def messages() -> Response:
    """The newest messages, of one customer or in one state if the address asks. Raises NotFound customer_unknown."""
    customer_id = row_key(request.args.get("customer_id", ""))  # none, or nonsense, means everybody
    state = _state_asked()

    def read(limit: int, offset: int) -> Sequence[ListedMessage]:
        return listed(limit, offset, customer_id=customer_id, state=state)

    return page(
        "messaging/messages.html",
        rows=paginate(read, page_number()),
        of_customer=None if customer_id is None else customer(customer_id),
        state=state,
        states=STATE_LABELS,
        tones=STATE_TONES,
        kinds=KINDS,
        alarm=standing_alarm(),
        waiting=waiting_count(),
        address=_address(customer_id, state),
    )


def _state_asked() -> MessageState | None:
    """The state that the address names; None for all, also when it names nonsense."""
    asked = request.args.get("state", "")
    return MessageState(asked) if asked in set(MessageState) else None


def _address(customer_id: int | None, state: MessageState | None) -> Callable[..., str]:
    """Addresses of this list that keep the filter, but for what is given."""

    def address(number: int = 1, **changed: StrEnum | int | None) -> str:
        kept: dict[str, Any] = {"customer_id": customer_id, "state": state} | changed
        return url_for("messages.messages", page=number if number > 1 else None, **kept)

    return address
