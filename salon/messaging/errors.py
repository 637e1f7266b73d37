"""Why a gateway did not take a message. These never reach the person at the desk as refusals; the outbox keeps them."""

from flask_babel import LazyString


class GatewayError(Exception):
    """A message that was not taken, with the gateway's own code and a sentence. Never carries an address or a key."""

    def __init__(self, code: str, message: str | LazyString) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class Retryable(GatewayError):
    """The gateway could not answer, or its answer was lost: the same message may be given again."""


class RowRefused(GatewayError):
    """This message will never be taken (wrong number, empty text); others may be."""


class GatewayStopped(GatewayError):
    """No message will be taken until somebody acts (no credit, key not valid)."""
