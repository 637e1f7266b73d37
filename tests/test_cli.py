"""The `salon` command as it is typed."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

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


def salon(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def opened(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a salon with one user."""
    assert salon(environment, "init", "--name", "سالن آزمایش").returncode == 0
    created = salon(environment, "user", "create", "mina", "--role", "owner", "--password", "golnarges-1405")
    assert created.returncode == 0, created.stderr
    return environment


def test_a_token_is_alone_on_its_line_and_opens_the_api(opened: dict[str, str]) -> None:
    made = salon(opened, "token", "create", "--user", "mina")
    assert re.fullmatch(r"[\w-]{32,}\n", made.stdout)


def test_a_token_of_nobody_is_refused_in_a_sentence(opened: dict[str, str]) -> None:
    refused = salon(opened, "token", "create", "--user", "nobody")
    assert refused.returncode == 1
    assert "nobody" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_second_init_keeps_the_salon(opened: dict[str, str]) -> None:
    again = salon(opened, "init")
    assert again.returncode == 0
    assert "already" in again.stdout


def test_the_audit_says_that_the_books_are_in_order(opened: dict[str, str]) -> None:
    assert salon(opened, "ledger", "verify").returncode == 0


def test_a_wrong_setting_is_one_sentence(environment: dict[str, str]) -> None:
    refused = salon(environment | {"PORT": "web"}, "ledger", "verify")
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
