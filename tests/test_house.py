"""Rules of the house that no single room can keep: who commits, who knows the calendar, which tables never change."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from salon.core.db import db

HOUSE = Path(__file__).resolve().parent.parent
MOST_LINES = 400
WRITTEN_BY_HAND = {".py", ".html", ".js", ".css", ".md"}

CHANGES = ("INSERT", "UPDATE", "DELETE")
SINCE_RETURNS = ("deposit_use", "payment_outcome", "price_change", "receipt", "stock_movement", "voucher")
SINCE_PAY = (
    "pay_adjustment",
    "pay_payment",
    "pay_period_amount",
    "pay_share",
    "pay_statement",
    "pay_statement_item",
    "pay_terms",
)
# The triggers of each table: what may not be changed, and what is checked as it is written.
TRIGGERS = {
    "sqlite": {
        "entry": {"entry_no_UPDATE", "entry_no_DELETE", "entry_year_open"},
        "posting": {"posting_no_UPDATE", "posting_no_DELETE", "posting_unsealed", "posting_shift_open"},
        "entry_seal": {"entry_seal_no_UPDATE", "entry_seal_no_DELETE", "entry_seal_balanced"},
        "settlement": {"settlement_no_UPDATE", "settlement_no_DELETE"},
        "payment": {"payment_no_UPDATE", "payment_no_DELETE"},
        "lot_spend": {"lot_spend_no_UPDATE", "lot_spend_no_DELETE"},
        "lot": {"lot_fixed", "lot_no_DELETE"},
        "invoice": {"invoice_fixed", "invoice_kept", "invoice_year_open_INSERT", "invoice_year_open_UPDATE"},
        "invoice_line": {*(f"invoice_line_fixed_{verb}" for verb in CHANGES), "invoice_line_returns"},
        "tip": {f"tip_fixed_{verb}" for verb in CHANGES},
        "shift": {"shift_fixed", "shift_no_DELETE"},
        "deposit": {"deposit_fixed", "deposit_no_DELETE"},
        **{table: {f"{table}_no_UPDATE", f"{table}_no_DELETE"} for table in SINCE_RETURNS + SINCE_PAY},
    },
    "postgresql": {
        "entry": {"entry_append_only", "entry_year_open"},
        "posting": {"posting_append_only", "posting_unsealed", "posting_shift_open"},
        "entry_seal": {"entry_seal_append_only", "entry_seal_balanced"},
        "settlement": {"settlement_append_only"},
        "payment": {"payment_append_only"},
        "lot_spend": {"lot_spend_append_only"},
        "lot": {"lot_fixed", "lot_no_truncate"},
        "invoice": {"invoice_fixed", "invoice_no_truncate"},
        "invoice_line": {"invoice_line_fixed", "invoice_line_no_truncate", "invoice_line_returns"},
        "tip": {"tip_fixed", "tip_no_truncate"},
        "shift": {"shift_fixed", "shift_no_truncate"},
        "deposit": {"deposit_fixed", "deposit_no_truncate"},
        **{table: {f"{table}_append_only"} for table in SINCE_RETURNS + SINCE_PAY},
    },
}
IN_CATALOGUE = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                     WHERE NOT tgisinternal AND tgenabled <> 'D'""",
}


def modules() -> list[Path]:
    """Every module of the salon and its hardware."""
    return sorted([*(HOUSE / "salon").rglob("*.py"), *(HOUSE / "hardware").rglob("*.py")])


def inside(node: ast.AST) -> Iterator[ast.AST]:
    """All that stands in the functions of a module."""
    for function in ast.walk(node):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (part for part in ast.walk(function) if part is not function)


def commits(tree: ast.AST) -> list[int]:
    """The lines on which something is committed."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]


def late_imports(tree: ast.AST) -> list[int]:
    """The lines on which a function imports."""
    return [node.lineno for node in inside(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(tree: ast.AST) -> set[str]:
    """The packages that a module imports from outside."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in names}


def kept_files() -> list[Path]:
    """The files that somebody wrote and somebody has to read."""
    folders = ("salon", "hardware", "templates", "static/js", "static/css", "tests", "scripts", "bench", "docs")
    paths = (path for folder in folders for path in (HOUSE / folder).rglob("*"))
    return [path for path in paths if path.suffix in WRITTEN_BY_HAND]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_keeps_the_rules_of_the_house(path: Path) -> None:
    tree, name = ast.parse(path.read_text(encoding="utf-8")), path.relative_to(HOUSE).as_posix()
    assert name == "salon/core/db.py" or not commits(tree), "only core.db.transaction() commits"
    assert name == "salon/core/jalali.py" or "jdatetime" not in imported(tree), "only core.jalali knows the calendar"
    assert not late_imports(tree), "an import inside a function hides a circle"
    assert ast.get_docstring(tree), "a module says in a line what it is for"


def test_the_rules_are_recognised_where_they_are_broken() -> None:
    tree = ast.parse("import jdatetime\ndef save():\n    from x import y\n    db.session.commit()")
    assert (commits(tree), late_imports(tree), imported(tree)) == ([4], [3], {"jdatetime", "x"})


def test_core_is_where_commits_and_the_calendar_are() -> None:
    core = HOUSE / "salon" / "core"
    assert len(commits(ast.parse((core / "db.py").read_text(encoding="utf-8")))) == 1
    assert "jdatetime" in imported(ast.parse((core / "jalali.py").read_text(encoding="utf-8")))


def test_no_file_grows_past_reading() -> None:
    lengths = {path.relative_to(HOUSE): len(path.read_text(encoding="utf-8").splitlines()) for path in kept_files()}
    assert len(lengths) > 100
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


# Money that is a plan, a limit or a price: it may change, and what was sold keeps its own.
UNGUARDED = {
    "appointment_item",
    "customer",
    "follow_up",
    "listed_price",
    "offer",
    "outbox_message",
    "own_price",
    "package",
    "pay_scheme",
    "pay_step",
    "pay_tally",
    "product",
    "salon_profile",
    "service",
}


def test_every_table_with_money_is_guarded_or_named() -> None:
    with_money = {
        name
        for name, table in db.metadata.tables.items()
        for column in table.columns
        if column.type.compile(dialect=sqlite.dialect()) == "BIGINT"  # keys and counts are INTEGER there
    }
    assert with_money - TRIGGERS["sqlite"].keys() == UNGUARDED


def test_every_table_of_money_is_guarded_by_the_database(app: Flask, engine: str) -> None:
    found: dict[str, set[str]] = {}
    for table, trigger in db.session.execute(text(IN_CATALOGUE[engine])):
        found.setdefault(table, set()).add(trigger)
    assert {table: found.get(table, set()) for table in TRIGGERS[engine]} == TRIGGERS[engine]
