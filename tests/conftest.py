"""Fixtures of all tests: an application on a fresh database of each engine, and a small salon in it."""

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from salon.app import create_app
from salon.config import Settings
from salon.core.db import db
from salon.core.errors import DomainError
from tests.factories import SmallSalon, open_small_salon
from tests.postgres import PostgresServer

Together = Callable[..., list[object]]

ENGINES = ("sqlite", "postgresql")


def settings_for(database_url: str, instance: Path) -> Settings:
    """Settings of a salon under test; its messages go to the console, its logins are not limited."""
    return Settings(
        instance=instance,
        database_url=database_url,
        secret_key="s" * 32,
        card_key="c" * 32,
        port=0,
        login_limit="1000 per minute",
        testing=True,
    )


def migrate(database_url: str, instance: Path) -> None:
    """Bring a database to the present schema by the migrations."""
    app = create_app(settings_for(database_url, instance))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


@dataclass(frozen=True)
class Templates:
    """Databases of one engine, made once a session and copied for each test: migrated, and with the small salon."""

    empty: str
    with_salon: str
    salon: SmallSalon


NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)


def make_templates(empty: str, with_salon: str, instance: Path) -> Templates:
    """Migrate both databases and open the small salon in the second."""
    migrate(empty, instance)
    migrate(with_salon, instance)
    app = create_app(settings_for(with_salon, instance))
    with app.app_context():
        small = open_small_salon(NOW)
        db.session.remove()
        db.engine.dispose()
    return Templates(empty, with_salon, small)


def kept_templates(engine: str) -> Templates | None:
    """Databases made beforehand, if SALON_TEST_TEMPLATES names the file that tells of them (guards.templates)."""
    kept = os.environ.get("SALON_TEST_TEMPLATES")
    if not kept:
        return None
    told = json.loads(Path(kept).read_text(encoding="utf-8"))[engine]
    return Templates(told["empty"], told["with_salon"], SmallSalon(**told["salon"]))


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """SQLite files to be copied."""
    kept = kept_templates("sqlite")
    if kept is not None:
        return kept
    folder = tmp_path_factory.mktemp("templates")
    return make_templates(f"sqlite:///{folder / 'empty.db'}", f"sqlite:///{folder / 'salon.db'}", folder)


@pytest.fixture(scope="session")
def postgresql_templates(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Templates]:
    """PostgreSQL databases to be copied."""
    kept = kept_templates("postgresql")
    if kept is not None:
        yield kept
        return
    with postgres_server.database() as empty, postgres_server.database() as with_salon:
        yield make_templates(empty, with_salon, tmp_path_factory.mktemp("templates"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The database engine of this run of the test."""
    return str(request.param)


@pytest.fixture
def templates(engine: str, request: pytest.FixtureRequest) -> Templates:
    """The databases of the engine that may be copied."""
    found: Templates = request.getfixturevalue(f"{engine}_templates")
    return found


@pytest.fixture
def database_url(engine: str, templates: Templates, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of the engine; the small salon is in it when the test asks for `salon`."""
    source = templates.with_salon if "salon" in request.fixturenames else templates.empty
    if engine == "sqlite":
        shutil.copy(source.removeprefix("sqlite:///"), tmp_path / "salon.db")
        yield f"sqlite:///{tmp_path / 'salon.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(source) as address:
        yield address


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of this test's salon."""
    return settings_for(database_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application, inside its context."""
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def now() -> datetime:
    """A fixed moment: Saturday 30 Aban 1405, 11:20 in Tehran."""
    return NOW


@pytest.fixture
def salon(app: Flask, templates: Templates) -> SmallSalon:
    """A small salon: two people, three services, two offers, one customer, owner and desk."""
    return templates.salon


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture
def log_in(app: Flask, salon: SmallSalon) -> Callable[[str], FlaskClient]:
    """Log in as `owner` or `desk`; gives the client, whose requests carry the token of its forms."""

    def log_in_as(name: str) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session["csrf_token"] = "forms"
        signed = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps("forms")
        client.environ_base["HTTP_X_CSRFTOKEN"] = signed
        answer = client.post("/login", data={"name": name, "password": salon.password})
        assert answer.status_code == 303, answer.text
        with client.session_transaction() as session:
            session["csrf_token"] = "forms"
        return client

    return log_in_as


@pytest.fixture
def bearer(salon: SmallSalon) -> dict[str, str]:
    """Headers of an API call by the receptionist."""
    return {"Authorization": f"Bearer {salon.token}"}


@pytest.fixture
def together(app: Flask) -> Together:
    """Do several things at the same moment, each in its own thread and session; gives answers and refusals."""

    def at_once(*acts: Callable[[], object]) -> list[object]:
        start, answers = threading.Barrier(len(acts)), []

        def play(act: Callable[[], object]) -> None:
            with app.app_context():
                start.wait()
                try:
                    answers.append(act())
                except DomainError as error:
                    answers.append(error)
                finally:
                    db.session.remove()

        threads = [threading.Thread(target=play, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == len(acts), "a thread broke"
        return answers

    return at_once
