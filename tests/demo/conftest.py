"""A demo told once a session on each engine, and copied for every test that asks what was told."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from salon.app import create_app
from salon.core.db import db, transaction
from salon.demo.services import make_demo
from tests.conftest import NOW, Templates, settings_for
from tests.demo.facts import CARD_KEY, CUSTOMERS, DAYS
from tests.postgres import PostgresServer


def tell(database_url: str, instance: Path) -> str:
    """Tell a demo in a migrated database, up to the moment of the tests."""
    app = create_app(settings_for(database_url, instance))
    with app.app_context():
        with transaction():
            make_demo(card_key=CARD_KEY, now=NOW, days=DAYS, customers=CUSTOMERS)
        db.session.remove()
        db.engine.dispose()
    return database_url


@pytest.fixture(scope="session")
def sqlite_demo(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file with a demo in it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(sqlite_templates.empty.removeprefix("sqlite:///"), folder / "demo.db")
    return tell(f"sqlite:///{folder / 'demo.db'}", folder)


@pytest.fixture(scope="session")
def postgresql_demo(
    postgres_server: PostgresServer, postgresql_templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A PostgreSQL database with a demo in it."""
    with postgres_server.database(postgresql_templates.empty) as address:
        yield tell(address, tmp_path_factory.mktemp("demo"))


@pytest.fixture
def templates(engine: str, request: pytest.FixtureRequest) -> Templates:
    """What is copied for a test of the demo: the demo itself where it asks what was told, else an empty salon."""
    found: Templates = request.getfixturevalue(f"{engine}_templates")
    if "told" not in request.fixturenames:
        return found
    return Templates(request.getfixturevalue(f"{engine}_demo"), found.with_salon, found.salon)


@pytest.fixture
def told(app: object, now: datetime) -> datetime:
    """The moment up to which five weeks of the demo have been told."""
    return now
