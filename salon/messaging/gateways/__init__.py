"""The ways out of the house for messages: one file per gateway, all of one shape."""

from ...config import Settings
from ...core.late import Late
from .console import ConsoleGateway
from .contract import Gateway, Outgoing, Sent

__all__ = ["Gateway", "Outgoing", "Sent", "gateway_of"]

kavenegar = Late(f"{__name__}.kavenegar")  # with its HTTP library, for those who have an account


def gateway_of(settings: Settings) -> Gateway:
    """The gateway that the settings name. Raises ConfigError when its host cannot be used."""
    if settings.sms_gateway == "kavenegar":
        gateway: Gateway = kavenegar.KavenegarGateway(
            key=settings.kavenegar_key, sender=settings.kavenegar_sender, host=settings.kavenegar_host
        )
        return gateway
    return ConsoleGateway()
