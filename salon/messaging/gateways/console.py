"""The gateway of a demonstration: messages are shown in the log and go nowhere."""

import structlog

from .contract import Outgoing, Sent

log = structlog.get_logger(__name__)


class ConsoleGateway:
    """Shows each message where the salon was started."""

    name = "console"

    def send(self, message: Outgoing) -> Sent:
        """Show a message; it always succeeds and costs nothing."""
        log.info("message", receiver=message.receiver, text=message.text)
        return Sent(provider_id=f"console-{message.id}", cost=0)
