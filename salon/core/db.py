"""The database: typed models, one way to write, the same rules on SQLite and PostgreSQL."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Date, DateTime, Dialect, Engine, Index, Integer, MetaData, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from .errors import DomainError
from .troubles import trouble_of

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite keeps it as text of one fixed width, so that texts compare as moments do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC back, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


LONGEST_WAIT = 10_000  # milliseconds for another's lock, then the desk is told that the database is busy
BIGGEST_KEY = 2**63 - 1  # the id of a row is a 64-bit integer
Id = BigInteger().with_variant(Integer, "sqlite")
identity = Annotated[int, mapped_column(Id, primary_key=True)]
rials = Annotated[int, mapped_column(BigInteger)]


def sparse_index(table: str, column: str) -> Index:
    """An index of the few rows that have a value: with the many that have none in it, SQLite takes it for useless."""
    given = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=given, postgresql_where=given)


class Base(DeclarativeBase):
    """Base of all tables."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime(), date: Date(), int: Id},
    )


db: SQLAlchemy = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": False})

_REFUSALS = "salon_refusals"


def init_refusals(app: Flask, refusals: Mapping[str, DomainError]) -> None:
    """Say which refusal is meant when a rule of the database (constraint or trigger code) refuses a write."""
    app.extensions[_REFUSALS] = refusals


def refusal_of(error: DBAPIError) -> DomainError | None:
    """The refusal behind a database error, or None when it is a fault."""
    refusals: Mapping[str, DomainError] = current_app.extensions[_REFUSALS]
    known = refusals.get(rule_of(error) or "")
    return known.again() if known else None


def rule_of(error: DBAPIError) -> str | None:
    """The name of the rule that refused. SQLite names a unique rule by its columns, as our naming does (`NAMING`)."""
    diagnostics = getattr(error.orig, "diag", None)
    name = getattr(diagnostics, "constraint_name", None)
    if name is not None:
        return str(name)
    said = str(error.orig)
    found = re.search(r"salon:(\w+)|CHECK constraint failed: (\w+)|UNIQUE constraint failed: index '(\w+)'", said)
    if found:
        return found.group(found.lastindex or 0)
    columns = re.findall(r"(\w+)\.(\w+)", said.partition("UNIQUE constraint failed: ")[2])
    return "_".join(["uq", columns[0][0], *(column for _, column in columns)]) if columns else None


@contextmanager
def transaction() -> Iterator[Session]:
    """The only place that commits. Rolls back on any error.

    Raises DomainError for what the database refuses, and `database_busy`, `database_away`, `disk_full`.
    """
    session = db.session()
    if session.info.get("salon_writing"):
        raise RuntimeError("transactions do not nest")
    session.rollback()
    session.info["salon_writing"] = True
    try:
        session.connection(execution_options={"salon_write": True})
        yield session
        session.commit()
    except DBAPIError as error:
        session.rollback()
        refusal = refusal_of(error) or trouble_of(error)
        if refusal is None:
            raise
        raise refusal from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["salon_writing"] = False


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Take back what the database refused meanwhile, so that the transaction may go on.

    For statements only; it knows nothing of a session's objects and so costs half of a nested transaction.
    """
    connection.exec_driver_sql("SAVEPOINT salon")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT salon")
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT salon")


def is_postgresql() -> bool:
    """Whether this salon lives on PostgreSQL."""
    return db.engine.dialect.name == "postgresql"


def prepare_engine(engine: Engine) -> None:
    """Let nobody wait for a lock without end; on SQLite, write durably and one after another."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "connect", _set_lock_timeout)
    event.listen(engine, "before_cursor_execute", _refuse_statements_outside_transaction)


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={LONGEST_WAIT}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _set_lock_timeout(connection: Any, _record: Any) -> None:
    connection.autocommit = True  # else it is set back with the transaction
    connection.execute(f"SET lock_timeout = {LONGEST_WAIT}")
    connection.autocommit = False


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("salon_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_statements_outside_transaction(
    connection: Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    if _writes(statement) and not connection.get_execution_options().get("salon_write"):
        raise RuntimeError("write outside core.db.transaction()")


# The first word, whatever blanks and comments stand before it.
_VERB = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*(\w+)", re.DOTALL)
_WRITING = frozenset({"INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY"})
_WRITING_WITHIN = re.compile(
    r"\b(?:(?:INSERT|REPLACE|MERGE)\b[^();]*?\bINTO|DELETE\s+FROM|UPDATE\b[^();]*?\bSET)\b", re.IGNORECASE
)


def _writes(statement: str) -> bool:
    """Whether a statement changes rows; one that begins with WITH may do so at its end or in any of its parts."""
    found = _VERB.match(statement)
    verb = found[1].upper() if found else ""
    return verb in _WRITING or (verb in {"WITH", "EXPLAIN"} and _WRITING_WITHIN.search(statement) is not None)
