"""The guards that stand in the database itself, as its own catalogue lists them, and how each is taken away.

A guard of a later migration is found here by itself; the tests of its table are asked whether they notice.
"""

import re
import sqlite3
from collections.abc import Iterator

import psycopg

from .faults import POSTGRESQL, SQLITE, Fault

# Tests that know a trigger or another guard by what it refuses; constraints are known by the tests of all of them.
TESTS = {
    "entry": ("tests/ledger/test_journal.py",),
    "posting": ("tests/ledger/test_journal.py",),
    "entry_seal": ("tests/ledger/test_journal.py",),
    "appointment_item": ("tests/appointments/test_services.py",),
    "customer": ("tests/customers/test_services.py",),
    "invoice": ("tests/invoices/test_fixed.py", "tests/invoices/test_accounts.py"),
    **dict.fromkeys(("fiscal_year", "fiscal_year_act"), ("tests/years/test_services.py",)),
    **dict.fromkeys(("invoice_line", "lot", "lot_spend", "payment", "settlement"), ("tests/invoices/test_fixed.py",)),
}
CONSTRAINTS = "tests/test_constraints.py"
# A guard that is seen only when those before it are gone too: emptying a table empties what hangs on it.
BEHIND = {
    "fiscal_year_no_truncate": ("DROP TRIGGER fiscal_year_act_append_only ON fiscal_year_act",),
    "lot_no_truncate": ("DROP TRIGGER lot_spend_append_only ON lot_spend",),
    "invoice_no_truncate": (
        "DROP TRIGGER settlement_append_only ON settlement",
        "DROP TRIGGER payment_append_only ON payment",
        "DROP TRIGGER invoice_line_no_truncate ON invoice_line",
    ),
}
BY_WHAT_IT_REFUSES = {"booking_too_long"}
SEAL_OF_ENTRY = "fk_entry_id"  # of the keys to other tables the one that guards value: no entry without its seal

_POSTGRESQL_GUARDS = """
SELECT 'trigger', relname, tgname, format('DROP TRIGGER %I ON %I', tgname, relname)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT CASE contype WHEN 'c' THEN 'check' WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclusion' ELSE 'key' END,
       relname, conname, format('ALTER TABLE %I DROP CONSTRAINT %I', relname, conname)
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE connamespace = 'public'::regnamespace AND (contype IN ('c', 'u', 'x') OR contype = 'f' AND condeferrable)
UNION ALL
SELECT 'unique', of_table.relname, of_index.relname, format('DROP INDEX %I', of_index.relname)
FROM pg_index JOIN pg_class AS of_index ON of_index.oid = indexrelid
              JOIN pg_class AS of_table ON of_table.oid = indrelid
WHERE indisunique AND of_index.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY 2, 1, 3"""


def in_postgresql(address: str) -> list[Fault]:
    """Every guard of a PostgreSQL salon, taken away."""
    with psycopg.connect(address) as connection:
        rows = connection.execute(_POSTGRESQL_GUARDS).fetchall()
    return [_fault(POSTGRESQL, kind, table, name, (statement,)) for kind, table, name, statement in rows]


def in_sqlite(path: str) -> list[Fault]:
    """Every guard of an SQLite salon, taken away."""
    with sqlite3.connect(path) as connection:
        faults = [
            _fault(SQLITE, kind, table, name, statements)
            for kind, table, name, statements in _guards_of_sqlite(connection)
        ]
    connection.close()
    return faults


def _fault(engine: str, kind: str, table: str, name: str, statements: tuple[str, ...]) -> Fault:
    called = f"{engine}: {kind} {name} of {table}"
    if kind in {"check", "unique"} and name not in BY_WHAT_IT_REFUSES:
        return Fault(called, (CONSTRAINTS,), statements=statements, engine=engine, only=name)
    whole = (*statements, *BEHIND.get(name, ()))
    only = f"emptied and {table}" if name in BEHIND else ""
    return Fault(called, TESTS.get(table, ("tests",)), statements=whole, engine=engine, only=only)


def _guards_of_sqlite(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    listed = connection.execute(
        "SELECT type, tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 2, 1, 3"
    ).fetchall()
    for kind, table, name, sql in listed:
        if kind == "trigger":
            yield "trigger", table, name, (f'DROP TRIGGER "{name}"',)
        elif kind == "index" and sql.upper().startswith("CREATE UNIQUE"):
            yield "unique", table, name, (f'DROP INDEX "{name}"',)
        elif kind == "table":
            beside = [text for _kind, of_table, _name, text in listed if of_table == table and text != sql]
            for constraint, kind_of_it, rest in constraints_of(sql):
                yield kind_of_it, table, constraint, _rebuilt(table, rest, beside)


def constraints_of(sql: str) -> Iterator[tuple[str, str, str]]:
    """Name and kind of each named constraint in a CREATE TABLE, and the same statement without it."""
    head, _bracket, rest = sql.partition("(")
    parts = _top_level(rest.rpartition(")")[0])
    for place, part in enumerate(parts):
        found = re.match(r'\s*CONSTRAINT "?(\w+)"? (CHECK|UNIQUE|FOREIGN KEY)', part)
        if found and (found[2] != "FOREIGN KEY" or found[1] == SEAL_OF_ENTRY):
            kind = {"CHECK": "check", "UNIQUE": "unique"}.get(found[2], "key")
            yield found[1], kind, f"{head}({','.join(parts[:place] + parts[place + 1 :])})"


def _top_level(inside: str) -> list[str]:
    """The parts between the commas that stand in no bracket of their own."""
    parts, depth = [""], 0
    for letter in inside:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _rebuilt(table: str, sql: str, beside: list[str]) -> tuple[str, ...]:
    """SQLite drops no constraint: the table is written anew with its rows, then its indices and triggers."""
    kept = f"kept_{table}"
    columns = f"SELECT * FROM {kept}"
    return (
        "PRAGMA foreign_keys = OFF",
        f"CREATE TEMP TABLE {kept} AS SELECT * FROM {table}",
        f"DROP TABLE {table}",
        sql,
        f"INSERT INTO {table} {columns}",
        *beside,
        f"DROP TABLE {kept}",
    )
