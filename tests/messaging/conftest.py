"""The outbox of the small salon, and the provider it sends to."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from salon.core.db import db, transaction
from salon.messaging import jobs, services
from salon.messaging.gateways.kavenegar import KavenegarGateway
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon
from tests.fakes.kavenegar import KEY, Provider, running_provider

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
Put = Callable[..., int]


@pytest.fixture
def house(app: Flask, salon: SmallSalon) -> Flask:
    """The application with the small salon in it."""
    return app


@pytest.fixture
def provider(house: Flask) -> Iterator[Provider]:
    """The provider, and the house sending to it."""
    with running_provider() as running:
        gateway = KavenegarGateway(key=KEY, sender="10004346", host=running.host, read_seconds=0.2)
        jobs.init_gateway(house, gateway)
        yield running


@pytest.fixture
def put(house: Flask, salon: SmallSalon) -> Put:
    """Put a message into the outbox; gives its id."""

    def put(text: str = "سلام", *, key: str | None = None, **values: object) -> int:
        row: dict[str, object] = {
            "branch_id": salon.branch_id,
            "customer_id": salon.zahra,
            "receiver": "09123456789",
            "kind": "settlement",
            "text": text,
            "dedupe_key": key or text,
            "due_at": NOW,
        }
        with transaction():
            services.enqueue(services.NewMessage(**(row | values)), now=NOW)  # type: ignore[arg-type]
        return of_key(key or text).id

    return put


def of_key(key: str) -> OutboxMessage:
    """The message as the database has it."""
    db.session.rollback()
    statement = select(OutboxMessage).where(OutboxMessage.dedupe_key == key).execution_options(populate_existing=True)
    return db.session.scalars(statement).one()
