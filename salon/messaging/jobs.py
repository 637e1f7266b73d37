"""Sending what the outbox holds. Any number of workers may do so at once, and each may die at any line."""

from datetime import datetime

import structlog
from flask import Flask, current_app
from flask_babel import gettext as _

from ..config import Settings
from ..core.db import transaction
from ..core.queue import wake
from . import queries, services
from .errors import GatewayError, GatewayStopped, Retryable, RowRefused
from .gateways import Gateway, gateway_of
from .services import Claim

DELIVERY = "deliver_messages"
GATEWAY = "salon_gateway"

log = structlog.get_logger(__name__)


def init_gateway(app: Flask, gateway: Gateway | None = None) -> None:
    """Give the application its gateway: the one of its settings, unless another is given."""
    settings: Settings = app.config["SALON"]
    app.extensions[GATEWAY] = gateway or gateway_of(settings)


def wake_delivery() -> None:
    """Have the outbox looked at soon; call it after the transaction that wrote a message. The sweep finds it anyway."""
    wake(DELIVERY)


def deliver_due(now: datetime) -> int:
    """Try one batch of due messages (UTC); returns how many were taken up, 0 when nothing is due or sending is paused.

    Claiming, sending and recording are three steps, and no transaction is open while a message is sent. A worker that
    dies in between leaves a lease that runs out; the message then goes again under the same id, which the provider
    answers with the earlier row.
    """
    gateway = _gateway()
    if queries.is_paused(gateway=gateway.name, now=now):
        return 0
    with transaction():
        claims = services.claim_due(now=now)
    for position, claim in enumerate(claims):
        if not _deliver(gateway, claim, now):
            with transaction():
                services.release(claims[position + 1 :])
            break
    return len(claims)


def _deliver(gateway: Gateway, claim: Claim, now: datetime) -> bool:
    """Send one message and record what became of it; False when the gateway takes no more."""
    try:
        sent = gateway.send(claim.message)
    except GatewayError as error:
        return _record_failure(gateway, claim, error, now)
    except Exception:
        # One message that breaks the gateway must not hold up those behind it.
        log.exception("message_fault", message_id=claim.message.id)
        return _record_failure(gateway, claim, Retryable("fault", _("خطای پیش‌بینی‌نشده هنگام فرستادن")), now)
    with transaction():
        services.record_sent(claim, sent, now=now)
        cleared = services.clear_alarm(gateway=gateway.name, now=now)
    if cleared:
        log.info("gateway_resumed", gateway=gateway.name)
    return True


def _record_failure(gateway: Gateway, claim: Claim, error: GatewayError, now: datetime) -> bool:
    stopped = isinstance(error, GatewayStopped)
    with transaction():
        if stopped:
            services.release([claim])
            services.raise_alarm(gateway=gateway.name, error=error, now=now)
        elif isinstance(error, RowRefused):
            services.record_refused(claim, error)
        else:
            services.record_retry(claim, error, now=now)
    level = log.error if stopped else log.warning
    level(
        "message_not_sent", message_id=claim.message.id, gateway=gateway.name, code=error.code, why=str(error.message)
    )
    return not stopped


def _gateway() -> Gateway:
    gateway: Gateway = current_app.extensions[GATEWAY]
    return gateway
