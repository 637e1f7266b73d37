"""Runs the migrations on the application's own database."""

from typing import Any

from alembic import context

from salon.core.db import db


def _is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Leave the shadow tables of the search index, and what the second migration guards, out of comparisons."""
    return not (kind == "table" and str(name).startswith("customer_search")) and name != "ix_customer_search"


def run() -> None:
    """Migrate in one transaction, on the engine of the application."""
    with db.engine.connect().execution_options(salon_write=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            include_object=_is_ours,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
