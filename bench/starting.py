"""How long the command takes: from its start until the desk's first page is answered, and until a short command ends."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SALON = [sys.executable, "-c", "from salon.cli import main; main()"]
SHORT = {"salon --help": ["--help"], "salon token create": ["token", "create", "--user", "desk"]}
AIM = 2.0  # seconds until the first page
TIMES = 7


@dataclass(frozen=True)
class Start:
    """Seconds of the wall clock at the median, and the least of the processor's that one run took."""

    name: str
    seconds: float
    of_processor: float
    aim: float | None = None


def starts(instance: Path) -> Iterator[Start]:
    """`salon serve` until its first page, then some short commands."""
    environment = os.environ | {"SALON_INSTANCE": str(instance), "PORT": "0"}
    yield _start("salon serve, first page", [_served(environment) for _ in range(TIMES)], AIM)
    for name, words in SHORT.items():
        yield _start(name, [_ended([*SALON, *words], environment) for _ in range(TIMES)])
    yield _start(
        "Python with Flask alone", [_ended([sys.executable, "-c", "import flask"], environment) for _ in range(TIMES)]
    )


def _start(name: str, taken: list[tuple[float, float]], aim: float | None = None) -> Start:
    return Start(name, median(wall for wall, _ in taken), min(processor for _, processor in taken), aim)


def _served(environment: dict[str, str]) -> tuple[float, float]:
    """From the start until the login page has arrived."""
    began, before = time.perf_counter(), _of_children()
    with subprocess.Popen(
        [*SALON, "serve"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            said = next(line for line in server.stdout if line.startswith("Salon: "))
            with urllib.request.urlopen(f"{said.removeprefix('Salon: ').strip()}/login") as page:
                page.read()
            waited = time.perf_counter() - began
        finally:
            server.kill()
    return waited, _of_children() - before


def _ended(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    began, before = time.perf_counter(), _of_children()
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return time.perf_counter() - began, _of_children() - before


def _of_children() -> float:
    """The processor's seconds of all programs that were started here and have ended."""
    times = os.times()
    return times.children_user + times.children_system
