"""A `salon serve` of its own that is killed, at any moment or at an exact one, and started again."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import requests

CALL = 10  # seconds a till waits for an answer


@dataclass
class Asked:
    """What a till asked, and the answer that it saw, if any."""

    draft: int
    key: str
    body: dict[str, Any]
    answer: dict[str, Any] | None = None


@dataclass
class House:
    """A `salon serve` of its own, killed and started again on the same instance."""

    environment: dict[str, str]
    headers: dict[str, str]
    host: subprocess.Popen[str]
    address: str = ""
    process: int = 0
    asked: list[Asked] = field(default_factory=list)

    def start(self, dies: str = "") -> None:
        """Serve on a free port and wait until it answers. `dies`: where it is going to be killed (tests.serve_host)."""
        assert self.host.stdin is not None
        self.host.stdin.write(f"{dies}\n")
        self.host.stdin.flush()
        self.process = int(self._said("process "))
        self.address = self._said("Salon: ")

    def _said(self, start: str) -> str:
        assert self.host.stdout is not None
        return next(line for line in self.host.stdout if line.startswith(start)).removeprefix(start).strip()

    def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        if _is_there(self.process):
            os.kill(self.process, signal.SIGKILL)
        self.await_end()

    def await_end(self) -> None:
        """Wait until it is gone, which it will be by itself where it was told to die."""
        while _is_there(self.process):
            time.sleep(0.01)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of the salon, on the same instance."""
        program = [sys.executable, "-c", "from salon.cli import main; main()", *command]
        return subprocess.run(program, env=self.environment, capture_output=True, text=True, check=False)

    def post(self, path: str, body: Any, key: str = "") -> requests.Response:
        """A call of the API over a connection of its own."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return requests.post(f"{self.address}/api/v1{path}", json=body, headers=headers, timeout=CALL)

    def settle(self, asked: Asked) -> requests.Response:
        """Ask for a settlement."""
        return self.post(f"/invoices/{asked.draft}/settlement", asked.body, asked.key)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
