"""Starts `salon serve` again and again without importing it anew: a process for each line that comes in.

The line says where the server is to be killed, as by a power cut: at one of `POINTS`, or nowhere when it is empty.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from flask import has_request_context
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from salon.cli import main
from salon.messaging.gateways import Outgoing, Sent
from salon.messaging.gateways.kavenegar import KavenegarGateway

_LAST_ROWS = ("INSERT INTO entry_seal", "INSERT INTO appointment_item")


def host() -> None:
    """Give the number of each server's process, after which the server itself says its address."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        number = os.fork()
        if not number:
            os.setpgrp()
            if line.strip():
                POINTS[line.strip()]()
            sys.argv = ["salon", "serve"]
            main()
            os._exit(0)
        sys.stdout.write(f"process {number}\n")
        sys.stdout.flush()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _half_written() -> None:
    def written(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(_LAST_ROWS):
            _die()

    event.listen(Engine, "after_cursor_execute", written)


def _at_commit(moment: str) -> Callable[[], None]:
    def commits(session: Session) -> None:
        if has_request_context() and session.info.get("salon_writing"):
            _die()

    return lambda: event.listen(Session, moment, commits)


def _claimed() -> None:
    KavenegarGateway.send = lambda *_message: _die()  # type: ignore[method-assign,assignment,return-value]


def _taken_by_the_provider() -> None:
    send = KavenegarGateway.send

    def sends(gateway: KavenegarGateway, message: Outgoing) -> Sent:
        send(gateway, message)
        _die()
        raise AssertionError("dead")

    KavenegarGateway.send = sends  # type: ignore[method-assign]


POINTS = {
    "half written": _half_written,
    "before the commit": _at_commit("before_commit"),
    "after the commit": _at_commit("after_commit"),
    "claimed": _claimed,
    "taken by the provider": _taken_by_the_provider,
}

if __name__ == "__main__":
    host()
