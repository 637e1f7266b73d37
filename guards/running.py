"""Breaks a copy of the house and runs tests in it: a process for each fault, with the libraries loaded before."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

# Loaded before any fault, so that the processes which try them out need not load them anew.
import alembic.command  # noqa: F401
import flask_babel  # noqa: F401
import flask_limiter  # noqa: F401
import flask_login  # noqa: F401
import flask_migrate  # noqa: F401
import flask_smorest  # noqa: F401
import flask_sqlalchemy  # noqa: F401
import flask_wtf  # noqa: F401
import huey  # noqa: F401
import hypothesis  # noqa: F401
import jdatetime  # noqa: F401
import openpyxl  # noqa: F401
import psycopg
import pytest
import requests  # noqa: F401
import sqlalchemy.dialects.postgresql  # noqa: F401
import structlog  # noqa: F401
import waitress  # noqa: F401
import weasyprint  # noqa: F401
from sqlalchemy import make_url

from tests.postgres import PostgresServer, libpq_address, own_server

from .faults import SQLITE, Fault, OutOfDate

Templates = dict[str, dict[str, Any]]  # by engine, as tests.conftest reads them

HOUSE = Path(__file__).resolve().parent.parent
OURS = {"salon", "hardware", "tests", "guards", "bench"}
SLOWEST = ("--ignore=tests/browser", "--ignore=tests/test_killed.py", "--ignore=tests/real_salon")
LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "build", "instance", "__pycache__", "docs", "static")
PASSED, FAILED = 0, 1  # as pytest ends


@dataclass(frozen=True)
class Ground:
    """A copy of the house with databases made beforehand."""

    house: Path
    templates: Templates
    server: PostgresServer

    def check_whole(self, faults: Sequence[Fault]) -> None:
        """Raise OutOfDate unless each edit fits the code, and the tests pass while nothing is taken away."""
        for fault in faults:
            if fault.edit is not None:
                fault.edit.made_in(self.house)
        for engine in sorted({fault.engine for fault in faults}):
            tests = {test for fault in faults if fault.engine == engine for test in fault.tests}
            code, said = self._asked(sorted(tests), engine, self.templates)
            if code != PASSED:
                raise OutOfDate(f"without any fault the tests do not pass\n{said}")

    def try_out(self, fault: Fault) -> str:
        """Take a guard away, ask its tests, put it back. Gives the test that failed, or nothing. Raises OutOfDate."""
        with self._edited(fault), self._loosened(fault) as templates:
            wanted = " and ".join(filter(None, (fault.engine, fault.only)))
            code, said = self._asked(fault.tests, wanted, templates)
        failures = _failures(said)
        if code == FAILED and failures:
            return failures[0]
        if code != PASSED:
            raise OutOfDate(f"the tests do not run (pytest ended with {code})\n{said}")
        return ""

    def _asked(self, tests: Sequence[str], wanted: str, templates: Templates) -> tuple[int, str]:
        return self.run((*tests, *SLOWEST, "-x", "-k", wanted), templates)

    def run(self, arguments: Sequence[str], templates: Templates) -> tuple[int, str]:
        """Run tests in a process of their own; gives how pytest ended and what it said."""
        with tempfile.TemporaryFile("w+") as said:
            number = os.fork()
            if not number:
                kept = self.house.parent / "loose.json"
                kept.write_text(json.dumps(templates), encoding="utf-8")
                environment = _environment(self.house, self.server) | {"SALON_TEST_TEMPLATES": str(kept)}
                _become_pytest(arguments, environment, self.house, said.fileno())
            _number, status = os.waitpid(number, 0)
            said.seek(0)
            return os.waitstatus_to_exitcode(status), said.read()

    @contextlib.contextmanager
    def _edited(self, fault: Fault) -> Iterator[None]:
        if fault.edit is None:
            yield
            return
        broken, path = fault.edit.made_in(self.house), self.house / fault.edit.path
        whole = path.read_text(encoding="utf-8")
        try:
            path.write_text(broken, encoding="utf-8")
            yield
        finally:
            path.write_text(whole, encoding="utf-8")

    @contextlib.contextmanager
    def _loosened(self, fault: Fault) -> Iterator[Templates]:
        """The templates, of which one lacks what the fault's statements take away."""
        if not fault.statements:
            yield self.templates
            return
        kept = self.templates[fault.engine]
        with contextlib.ExitStack() as stack:
            open_copy = _sqlite_copy if fault.engine == SQLITE else self.server.database
            loose = {name: stack.enter_context(open_copy(str(kept[name]))) for name in ("empty", "with_salon")}
            for address in loose.values():
                (_in_sqlite if fault.engine == SQLITE else _in_postgresql)(address, fault.statements)
            yield self.templates | {fault.engine: kept | loose}


@contextlib.contextmanager
def prepared() -> Iterator[Ground]:
    """A copy of the house, a server and databases, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="salon-guards-") as folder, own_server() as server:
        house = Path(folder) / "house"
        shutil.copytree(HOUSE, house, ignore=LEFT_OUT, symlinks=True)
        (house / "static").symlink_to(HOUSE / "static")
        command = [sys.executable, "-m", "guards.templates", folder]
        subprocess.run(command, env=_environment(house, server), cwd=house, check=True)
        templates: Templates = json.loads((Path(folder) / "templates.json").read_text(encoding="utf-8"))
        yield Ground(house, templates, server)


def _environment(house: Path, server: PostgresServer) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(house),
        "PYTHONDONTWRITEBYTECODE": "1",  # a broken file and the whole one may be of one second and one size
        "SALON_TEST_DATABASE_URL": server.address.render_as_string(hide_password=False),
    }


def _become_pytest(arguments: Sequence[str], environment: dict[str, str], house: Path, said: int) -> NoReturn:
    """Run tests in this process, from the copy, and end it. What it has of ours is forgotten; libraries stay loaded."""
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ.update(environment)
    os.chdir(house)
    sys.path[:] = [str(house), *(path for path in sys.path if Path(path or ".").resolve() != HOUSE)]
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    sys.dont_write_bytecode = True
    code = 3
    try:
        code = int(pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", "-rfE", "--tb=short", *arguments]))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _failures(said: str) -> list[str]:
    """The tests that failed, or for which nothing could be set up any more."""
    return [
        line.split(" ", 1)[1].partition(" - ")[0]
        for line in said.splitlines()
        if line.startswith(("FAILED ", "ERROR "))
    ]


@contextlib.contextmanager
def _sqlite_copy(address: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="salon-guards-") as folder:
        shutil.copy(address.removeprefix("sqlite:///"), Path(folder) / "salon.db")
        yield f"sqlite:///{folder}/salon.db"


def _in_sqlite(address: str, statements: Sequence[str]) -> None:
    with contextlib.closing(sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def _in_postgresql(address: str, statements: Sequence[str]) -> None:
    with psycopg.connect(libpq_address(make_url(address)), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
