"""Calls about messages."""

from collections.abc import Sequence
from typing import Any

from ...core.permissions import Permission, requires
from ...messaging.queries import messages_of, recent
from ..calls import Calls
from . import schemas as s

calls = Calls("messages", __name__)


@calls.get("/messages")
@calls.takes(s.MessagesQuerySchema, "query")
@calls.answers(200, s.MessagesSchema, 422)
@requires(Permission.MESSAGES_VIEW)
def list_messages(asked: dict[str, Any]) -> dict[str, Sequence[Any]]:
    """Messages to a customer, or the latest to anybody."""
    customer_id = asked["customer_id"]
    return {"items": recent(100) if customer_id is None else messages_of(customer_id)}
