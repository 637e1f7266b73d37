"""The API on a real server."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import waitress
from flask import Flask
from waitress import wasyncore

from salon.club.wallet.queries import verify_lots
from salon.core.db import db
from salon.invoices.audit.queries import verify_invoices
from salon.ledger.queries import verify_journal
from tests.factories import SmallSalon


@pytest.fixture
def address(app: Flask, salon: SmallSalon) -> Iterator[str]:
    """The API of this salon on a real server; whatever was sent, its books stay in order."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=2, map=sockets)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/api/v1"
    server.task_dispatcher.shutdown()
    server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))  # ends the loop in its own thread
    thread.join()
    db.session.rollback()
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
