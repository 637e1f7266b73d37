"""A server of the bench: it says its port, and at each line it is sent the seconds its processor has worked."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import waitress
from flask import Flask


@dataclass(frozen=True)
class Served:
    """A server to be asked."""

    process: subprocess.Popen[str]
    port: int
    token: str

    def processor_seconds(self) -> float:
        """How long its processor has worked so far."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def serving(module: str, instance: Path, token: str) -> Iterator[Served]:
    """Run a server's module on an instance."""
    command = [sys.executable, "-m", module, str(instance)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield Served(process, int(process.stdout.readline()), token)
        finally:
            process.kill()


def serve(app: Flask, threads: int) -> None:
    """Serve on a free port until killed."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=threads)
    print(server.effective_port, flush=True)
    threading.Thread(target=_answer, daemon=True).start()
    server.run()


def _answer() -> None:
    for _line in sys.stdin:
        print(time.process_time(), flush=True)
