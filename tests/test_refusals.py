"""What the database refuses is a refusal, whatever the process has imported."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from salon.core.db import db
from salon.refusals import REFUSALS
from tests.test_house import HOUSE

# A process that imports nothing but the application, and writes without asking any service.
ALONE = """
import sys
from dataclasses import replace
from pathlib import Path
from salon.app import create_app
from salon.config import load_settings
from salon.core.db import transaction
from salon.core.errors import DomainError
from sqlalchemy import text

app = create_app(replace(load_settings({"SALON_INSTANCE": sys.argv[1]}), database_url=sys.argv[2]))
with app.app_context():
    try:
        with transaction() as session:
            session.execute(text("INSERT INTO service (code, name, category, price, duration, active)"
                                 " SELECT code, name, category, price, duration, active FROM service"))
    except DomainError as refusal:
        print(refusal.code, int(refusal.status))
"""


def test_a_process_that_imports_only_the_application_refuses_and_does_not_fail(
    app: Flask, salon: object, tmp_path: Path
) -> None:
    address = db.engine.url.render_as_string(hide_password=False)
    called = [sys.executable, "-c", ALONE, str(tmp_path), address]
    said = subprocess.run(called, capture_output=True, text=True, check=True, cwd=HOUSE)
    assert said.stdout.split() == ["service_exists", "409"]


def named(path: Path) -> set[str]:
    """The rules of the database that a module of refusals names."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "REFUSALS":
            assert isinstance(node.value, ast.Dict)
            return {ast.literal_eval(key) for key in node.value.keys if key is not None}
    return set()


def test_every_room_s_rules_are_known_and_none_is_named_twice() -> None:
    rooms = {path: named(path) for path in sorted((HOUSE / "salon").rglob("errors.py"))}
    assert len(rooms) > 10
    assert sorted(rule for rules in rooms.values() for rule in rules) == sorted(REFUSALS)


@pytest.mark.parametrize("rule", sorted(REFUSALS))
def test_a_known_rule_is_one_that_the_database_has(rule: str) -> None:
    migrations = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "migrations").rglob("*.py"))
    assert rule in migrations
