"""Calls about messages."""

from typing import Any

from ...core.permissions import Permission, requires
from ...messaging.queries import newest
from ..calls import Calls
from ..schemas import page_of
from . import schemas as s

calls = Calls("messages", __name__, "What was and will be sent.")


@calls.get("/messages")
@calls.takes(s.MessagesQuerySchema, "query")
@calls.answers(200, s.MessagesSchema, invalid=422)
@requires(Permission.MESSAGES_VIEW)
def list_messages(asked: dict[str, Any]) -> dict[str, Any]:
    """Messages to a customer or to anybody, newest first, page by page."""
    limit = asked["limit"]
    return page_of(newest(limit + 1, before=asked["cursor"], customer_id=asked["customer_id"]), limit)
