"""The ways out of the house for messages: one file per gateway, all of one shape."""

from ...config import Settings
from .console import ConsoleGateway
from .contract import Gateway, Outgoing, Sent
from .kavenegar import KavenegarGateway

__all__ = ["Gateway", "Outgoing", "Sent", "gateway_of"]


def gateway_of(settings: Settings) -> Gateway:
    """The gateway that the settings name. Raises ConfigError when its host cannot be used."""
    if settings.sms_gateway == "kavenegar":
        return KavenegarGateway(
            key=settings.kavenegar_key, sender=settings.kavenegar_sender, host=settings.kavenegar_host
        )
    return ConsoleGateway()
