"""Troubles made on purpose: somebody else who holds the database, a disk without room."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import event, make_url

from salon.core.db import db
from tests.postgres import libpq_address

_HOLDER = """
import sqlite3, sys
import psycopg
address = sys.argv[1]
if address.startswith("sqlite:///"):
    held = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
else:
    held = psycopg.connect(address)
    held.execute("LOCK TABLE customer, invoice, running_number, staff_member, outbox_message IN EXCLUSIVE MODE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another(database_url: str) -> Iterator[None]:
    """Another process writes to the database, and does not finish, for as long as the block lasts; it can be read."""
    address = database_url if database_url.startswith("sqlite") else libpq_address(make_url(database_url))
    command = [sys.executable, "-c", _HOLDER, address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield


@contextmanager
def full_disk(database_url: str) -> Iterator[None]:
    """The database can't grow. SQLite is given no page more; PostgreSQL says of value and bookings what it then says."""
    if database_url.startswith("sqlite"):
        with _no_page_more():
            yield
        return
    with psycopg.connect(libpq_address(make_url(database_url)), autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        for table in ("posting", "appointment_item", "customer"):
            trigger = sql.SQL("CREATE TRIGGER no_room BEFORE INSERT ON {} EXECUTE FUNCTION no_room()")
            connection.execute(trigger.format(sql.Identifier(table)))
        yield
        db.session.remove()  # whoever still reads keeps it from being dropped
        connection.execute("DROP FUNCTION no_room() CASCADE")


@contextmanager
def _no_page_more() -> Iterator[None]:
    def limit(connection: object, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages}").close()  # type: ignore[attr-defined]

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", limit)
        db.session.remove()
        db.engine.dispose()
