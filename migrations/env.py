"""Runs the migrations on the application's own database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from sqlalchemy.engine import Connection

from salon.core.db import db


def _is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Leave the shadow tables of the search index, and what the second migration guards, out of comparisons."""
    return not (kind == "table" and str(name).startswith("customer_search")) and name != "ix_customer_search"


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables that others refer to; the references are looked through before the commit.

    The pragma does nothing inside a transaction, so it goes to the driver before the first statement begins one.
    """
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"rows refer to what is not there: {broken[:5]}")


def run() -> None:
    """Migrate in one transaction, on the engine of the application."""
    with db.engine.connect().execution_options(salon_write=True) as connection, _rebuilding(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=_is_ours,
        )
        before = context.get_context().get_current_revision()
        with context.begin_transaction():
            context.run_migrations()
        if context.get_context().get_current_revision() != before:  # each start comes by here, and all rows are many
            _check_references(connection)
        connection.commit()


run()
