"""An outbox on each engine, and the provider it sends to."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from salon.app import create_app
from salon.config import Settings
from salon.core.db import db, transaction
from salon.customers.models import Customer
from salon.messaging import jobs, services
from salon.messaging.gateways.kavenegar import KavenegarGateway
from salon.messaging.models import OutboxMessage
from salon.setup.models import Branch
from tests.fakes.kavenegar import KEY, Provider, running_provider
from tests.postgres import PostgresServer

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
Put = Callable[..., int]


def settings_of(instance: Path, database_url: str) -> Settings:
    return Settings(instance=instance, database_url=database_url, secret_key="s" * 64, card_key="c" * 64, testing=True)


def migrated(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_salon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated salon's file, to be copied."""
    folder = tmp_path_factory.mktemp("salon")
    migrated(settings_of(folder, f"sqlite:///{folder / 'salon.db'}"))
    return folder / "salon.db"


@pytest.fixture(scope="session")
def postgres_salon(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated salon's database, to be copied."""
    with postgres_server.database() as address:
        migrated(settings_of(tmp_path_factory.mktemp("salon"), address))
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """The settings of a fresh salon on each engine."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_salon"), tmp_path / "salon.db")
        yield settings_of(tmp_path, f"sqlite:///{tmp_path / 'salon.db'}")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(request.getfixturevalue("postgres_salon")) as address:
        yield settings_of(tmp_path, address)


@pytest.fixture
def house(settings: Settings) -> Iterator[Flask]:
    """The application with a branch and a customer, inside its context."""
    app = create_app(replace(settings))
    jobs.init_gateway(app)
    with app.app_context():
        with transaction() as session:
            branch = Branch(name="شعبهٔ مرکزی")
            session.add(branch)
            session.flush()
            session.add(
                Customer(
                    branch_id=branch.id,
                    code="1001",
                    first_name="مینا",
                    last_name="رضایی",
                    mobile="09121234567",
                    created_at=NOW,
                )
            )
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def provider(house: Flask) -> Iterator[Provider]:
    """The provider, and the house sending to it."""
    with running_provider() as running:
        gateway = KavenegarGateway(key=KEY, sender="10004346", host=running.host, read_seconds=0.2)
        jobs.init_gateway(house, gateway)
        yield running


@pytest.fixture
def put(house: Flask) -> Put:
    """Put a message into the outbox; gives its id."""

    def put(text: str = "سلام", *, key: str | None = None, **values: object) -> int:
        with transaction() as session:
            row: dict[str, object] = {
                "branch_id": session.scalar(select(Branch.id)),
                "customer_id": session.scalar(select(Customer.id)),
                "receiver": "09121234567",
                "kind": "settlement",
                "text": text,
                "dedupe_key": key or text,
                "due_at": NOW,
                "now": NOW,
            }
            services.enqueue(**(row | values))  # type: ignore[arg-type]
        return of_key(key or text).id

    return put


def of_key(key: str) -> OutboxMessage:
    """The message as the database has it."""
    db.session.rollback()
    statement = select(OutboxMessage).where(OutboxMessage.dedupe_key == key).execution_options(populate_existing=True)
    return db.session.scalars(statement).one()
