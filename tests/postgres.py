"""A real PostgreSQL for tests: the one of SALON_TEST_DATABASE_URL, else one of our own that ends with the session."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url


class PostgresServer:
    """A running server that hands out databases by their SQLAlchemy address and drops them."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address).set(drivername="postgresql+psycopg")

    def create(self, template: str | None = None) -> str:
        """A new database, empty or a copy of `template`, to which nobody may be connected."""
        name = f"salon_test_{uuid.uuid4().hex}"
        source = make_url(template).database if template else "template1"
        self.run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
        return self.address.set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        """Drop the database, also under open connections."""
        self.run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(make_url(address).database)))

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """The address of a database that lives as long as the block."""
        address = self.create(template)
        try:
            yield address
        finally:
            self.drop(address)

    def run(self, *statements: sql.Composable) -> None:
        """Run statements one by one outside any transaction."""
        with psycopg.connect(libpq_address(self.address), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def libpq_address(address: URL) -> str:
    """The same address as psycopg reads it."""
    return address.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server a session; of parallel workers each has its own, started by its first test that asks."""
    given = os.environ.get("SALON_TEST_DATABASE_URL")
    if given:
        yield PostgresServer(given)
        return
    with own_server() as server:
        yield server


@contextmanager
def own_server() -> Iterator[PostgresServer]:
    """A server of our own, for as long as the block lasts."""
    # Trigrams of Persian words need a locale that knows their letters; its own session spares it the Ctrl-C of ours.
    host = subprocess.Popen(
        [sys.executable, "-m", "tests.postgres_host"],
        cwd=Path(__file__).parents[1],
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with host:  # leaving closes its input, which ends it, and waits
        address = host.stdout.readline().strip()
        assert address, "PostgreSQL did not start"
        server = PostgresServer(address)
        server.run(  # it dies with the session, so nothing has to outlive a power cut
            sql.SQL("ALTER SYSTEM SET fsync = off"),
            sql.SQL("ALTER SYSTEM SET full_page_writes = off"),
            sql.SQL("SELECT pg_reload_conf()"),
        )
        yield server
