"""What every gateway looks like: it takes one message and says what became of it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Outgoing:
    """A message to send. Its id is the same at every attempt, so that a gateway can tell a repetition."""

    id: int
    receiver: str
    text: str


@dataclass(frozen=True)
class Sent:
    """What the gateway says of a message it took; cost in rials."""

    provider_id: str | None = None
    cost: int | None = None


class Gateway(Protocol):
    """A way out of the house for messages."""

    name: str

    def send(self, message: Outgoing) -> Sent:
        """Hand a message over. Raises Retryable, RowRefused or GatewayStopped."""
        ...
