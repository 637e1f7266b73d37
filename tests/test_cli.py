"""The `salon` command as it is typed."""

import os
import re
import runpy
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
import waitress
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from salon.access.queries import user_by_name
from salon.access.services import check_password
from salon.cli import port_of
from salon.cli import salon as group
from salon.config import ConfigError, load_settings
from salon.core import clock
from salon.core.errors import Invalid
from salon.worker import JOBS
from tests.factories import SmallSalon, give_credit

Typed = Callable[..., Result]

COMMAND = [sys.executable, "-c", "from salon.cli import main; main()"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A salon of this file's own, on SQLite, on a free port."""
    tmp_path = tmp_path_factory.mktemp("typed")
    return os.environ | {
        "SALON_INSTANCE": str(tmp_path),
        "PORT": "0",
        "SALON_DATABASE_URL": f"sqlite:///{tmp_path}/salon.db",
    }


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def typed(app: Flask) -> Typed:
    """Type one command in the salon of the test."""
    return lambda *words: app.test_cli_runner().invoke(group, list(words))


@pytest.fixture(scope="module")
def opened(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a salon with one user."""
    assert run(environment, "init", "--name", "سالن آزمایش").returncode == 0
    created = run(environment, "user", "create", "mina", "--role", "owner", "--password", "golnarges-1405")
    assert created.returncode == 0, created.stderr
    return environment


def test_a_token_is_alone_on_its_line_and_opens_the_api(opened: dict[str, str]) -> None:
    made = run(opened, "token", "create", "--user", "mina")
    assert re.fullmatch(r"[\w-]{32,}\n", made.stdout)


def test_a_token_of_nobody_is_refused_in_a_sentence(opened: dict[str, str]) -> None:
    refused = run(opened, "token", "create", "--user", "nobody")
    assert refused.returncode == 1
    assert "nobody" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_help_names_the_commands_of_the_salon_alone_and_leaves_nothing_behind(tmp_path: Path) -> None:
    bare = {name: text for name, text in os.environ.items() if not name.startswith("SALON_")}
    path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    shown = subprocess.run(
        [*COMMAND, "--help"], env=bare | {"PYTHONPATH": path}, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    commands = re.findall(r"^  (\S+)", shown.stdout.partition("Commands:")[2], re.MULTILINE)
    assert " ".join(commands) == "demo import init jobs ledger report serve token user worker"
    assert re.findall(r"--\w+", shown.stdout) == ["--help"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("ledger", "verify"), ("worker",), ("user", "create", "mina", "--password", "x")])
def test_a_command_where_there_is_no_salon_says_so_and_makes_none(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALON_INSTANCE", str(tmp_path / "elsewhere"))
    with pytest.raises(ConfigError, match="no salon in"):
        group(words, standalone_mode=False)
    assert list(tmp_path.iterdir()) == []


def test_an_owner_who_forgot_her_password_gets_a_new_one(typed: Typed, salon: SmallSalon) -> None:
    assert typed("user", "password", "Owner", "--password", "narges-1406").exit_code == 0
    assert check_password(user_by_name("owner"), "narges-1406")
    assert "nobody" in typed("user", "password", "nobody", "--password", "narges-1406").output
    short = typed("user", "password", "owner", "--password", "short").exception
    assert isinstance(short, Invalid)
    assert short.code == "password_short"


def test_a_revoked_token_is_refused_at_once(
    typed: Typed, salon: SmallSalon, client: FlaskClient, bearer: dict[str, str]
) -> None:
    def asked() -> int:
        return client.get("/api/v1/services", headers=bearer).status_code

    number = typed("token", "list", "--user", "desk").output.split()[0]
    assert "valid" in typed("token", "list").output
    assert typed("token", "list", "--user", "owner").output == ""
    assert asked() == HTTPStatus.OK
    assert typed("token", "revoke", number).exit_code == 0
    assert asked() == HTTPStatus.UNAUTHORIZED
    assert "revoked" in typed("token", "list").output
    assert typed("token", "revoke", "999").exit_code == 1


def test_every_job_can_be_named_and_run_by_hand(typed: Typed, salon: SmallSalon) -> None:
    named = [line.split()[0] for line in typed("jobs", "list").output.splitlines()]
    assert named == list(JOBS)
    for name in named:
        assert typed("jobs", "run", name).output == f"{name}: 0 done.\n"
    assert typed("jobs", "deliver").output == "deliver_messages: 0 done.\n"
    assert "expire_lots" in typed("jobs", "run", "unknown").output


def test_a_job_that_is_run_by_hand_waits_for_no_clock(typed: Typed, salon: SmallSalon) -> None:
    long_ago = clock.now() - timedelta(days=2)
    give_credit(salon, long_ago, 10, "old", expires_at=long_ago + timedelta(days=1))
    assert typed("jobs", "run", "expire_lots").output == "expire_lots: 1 done.\n"


def test_a_second_init_keeps_the_run(opened: dict[str, str]) -> None:
    again = run(opened, "init")
    assert again.returncode == 0
    assert "already" in again.stdout


def test_the_audit_says_that_the_books_are_in_order(opened: dict[str, str]) -> None:
    assert run(opened, "ledger", "verify").returncode == 0


def loaded_by(code: str) -> str:
    """Which of the heavy libraries a program has loaded at its end."""
    asked = (
        f"{code}; import sys; print(*sorted({{'weasyprint', 'openpyxl', 'requests', 'kavenegar'}} & set(sys.modules)))"
    )
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.strip()


def test_a_start_waits_for_no_library_that_only_a_few_jobs_need() -> None:
    assert loaded_by("import salon.cli") == ""


def test_the_warm_up_after_it_loads_what_prints_a_slip() -> None:
    assert loaded_by("from salon.core.paper import warm_up; warm_up()") == "weasyprint"


def test_a_wrong_setting_is_one_sentence(environment: dict[str, str]) -> None:
    refused = run(environment | {"PORT": "web"}, "ledger", "verify")
    assert refused.returncode == 1
    assert refused.stderr.startswith("PORT")


@pytest.fixture
def serving(opened: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`salon serve` and the address it printed."""
    process = subprocess.Popen(
        [*COMMAND, "serve"], env=opened, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    address = process.stdout.readline().removeprefix("Salon: ").strip()
    yield process, address
    if process.poll() is None:
        process.kill()
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def test_serve_answers_and_ends_quietly_when_it_is_told_to(serving: tuple[subprocess.Popen[str], str]) -> None:
    process, address = serving
    with urllib.request.urlopen(f"{address}/api/v1/health") as answer:
        assert b'"ok"' in answer.read()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_said_in_a_sentence(
    opened: dict[str, str], serving: tuple[subprocess.Popen[str], str]
) -> None:
    refused = run(opened | {"PORT": serving[1].rpartition(":")[2]}, "serve")
    assert refused.returncode == 1
    assert refused.stderr.startswith("SALON_HOST, PORT")
    assert "Traceback" not in refused.stderr


def test_a_name_that_stands_for_two_addresses_has_its_port_said(client: FlaskClient) -> None:
    server = waitress.create_server(client.application, listen="127.0.0.1:0 127.0.0.1:0")
    assert port_of(server) == int(server.effective_listen[0][1]) > 0
    for listening in list(server.map.values()):
        listening.close()
    server.task_dispatcher.shutdown()


def test_a_database_that_does_not_answer_is_said_in_a_sentence(opened: dict[str, str]) -> None:
    refused = run(opened | {"SALON_DATABASE_URL": "postgresql://salon@127.0.0.1:1/salon"}, "ledger", "verify")
    assert refused.returncode == 1
    assert refused.stderr.startswith("The database cannot be used")
    assert "Traceback" not in refused.stderr


def test_the_wsgi_door_opens_only_where_a_salon_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALON_INSTANCE", str(tmp_path))
    with pytest.raises(ConfigError, match="no salon in"):
        runpy.run_module("salon.wsgi")
    assert list(tmp_path.iterdir()) == []
    load_settings()
    assert runpy.run_module("salon.wsgi")["app"].name == "salon"
