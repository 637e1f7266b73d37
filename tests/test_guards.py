"""What takes guards away: it finds each of them, removes nothing else, and says when it no longer fits."""

import re
import sqlite3
from pathlib import Path

import pytest

from guards.database import constraints_of, in_sqlite
from guards.faults import Edit, OutOfDate
from guards.named import NAMED
from guards.source import found_locks, found_permissions

HOUSE = Path(__file__).resolve().parent.parent
TABLE = (
    "CREATE TABLE shelf (id INTEGER NOT NULL, kind VARCHAR(9), CONSTRAINT pk_shelf PRIMARY KEY (id), "
    "CONSTRAINT ck_kind CHECK (kind IN ('a', 'b')), CONSTRAINT uq_kind UNIQUE (kind))"
)


def test_each_named_guard_still_stands_where_it_is_named() -> None:
    for fault in NAMED:
        assert fault.edit is not None
        assert fault.edit.made_in(HOUSE) != (HOUSE / fault.edit.path).read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there() -> None:
    for fault in NAMED:
        for test in fault.tests:
            path, _colons, name = test.partition("::")
            assert f"def {name}" in (HOUSE / path).read_text(encoding="utf-8"), test


def test_an_edit_that_no_longer_fits_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "till.py").write_text("take()\ngive()\ngive()\n", encoding="utf-8")
    assert Edit("till.py", "take()", "").made_in(tmp_path) == "\ngive()\ngive()\n"
    for old in ("give()", "lend()"):
        with pytest.raises(OutOfDate, match="till"):
            Edit("till.py", old, "").made_in(tmp_path)


def test_each_lock_and_each_permission_is_found_and_only_it_is_taken_away() -> None:
    for faults, gone in ((found_locks(HOUSE), "with_for_update"), (found_permissions(HOUSE), None)):
        found = list(faults)
        assert len({fault.name for fault in found}) == len(found) > 9
        for fault in found:
            assert fault.edit is not None
            broken, whole = fault.edit.made_in(HOUSE), (HOUSE / fault.edit.path).read_text(encoding="utf-8")
            compile(broken, fault.edit.path, "exec")
            if gone:
                assert broken.count(gone) == whole.count(gone) - 1
    views = (path.read_text(encoding="utf-8") for path in (HOUSE / "salon").rglob("views.py"))
    asked = sum(len(re.findall(r"^ *@requires\(", view, re.MULTILINE)) for view in views)
    assert len(found) == asked


def test_a_constraint_is_cut_out_of_its_table() -> None:
    cut = {name: (kind, rest) for name, kind, rest in constraints_of(TABLE)}
    assert {name: kind for name, (kind, _rest) in cut.items()} == {"ck_kind": "check", "uq_kind": "unique"}
    for name, (_kind, rest) in cut.items():
        assert name not in rest
        sqlite3.connect(":memory:").execute(rest).connection.close()


def test_a_new_trigger_is_found_and_a_table_keeps_its_rows_and_what_else_it_has(tmp_path: Path) -> None:
    path = str(tmp_path / "shelf.db")
    shelf = sqlite3.connect(path, isolation_level=None)
    shelf.execute(TABLE)
    shelf.execute("CREATE TRIGGER shelf_full BEFORE INSERT ON shelf BEGIN SELECT RAISE(ABORT, 'full'); END")
    shelf.execute("CREATE INDEX ix_shelf ON shelf (kind)")
    faults = {fault.name.split()[2]: fault for fault in in_sqlite(path)}
    assert set(faults) == {"shelf_full", "ck_kind", "uq_kind"}
    for statement in faults["ck_kind"].statements:
        shelf.execute(statement)
    kept = {name for (name,) in shelf.execute("SELECT name FROM sqlite_master WHERE sql IS NOT NULL")}
    assert kept == {"shelf", "shelf_full", "ix_shelf"}
    with pytest.raises(sqlite3.IntegrityError, match="full"):
        shelf.execute("INSERT INTO shelf VALUES (1, 'z')")
    for statement in faults["shelf_full"].statements:
        shelf.execute(statement)
    shelf.execute("INSERT INTO shelf VALUES (1, 'z')")
    shelf.close()
