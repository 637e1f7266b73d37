"""What the server takes for the desk's pages on a full day: 100 bookings of ten people, asked inside one process."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from salon.app import create_app
from salon.config import load_settings
from salon.core.db import db

from .filling import BOOKED_TODAY, PASSWORD, USER

TIMES = 60


@dataclass(frozen=True)
class Page:
    """How long a page took at the median, waiting included and the processor alone, and how often it asked the database."""

    name: str
    milliseconds: float
    of_processor: float
    statements: int
    kilobytes: float


def pages(instance: Path, token: str) -> Iterator[Page]:
    """Each page of the desk, and the checkout, as a receptionist's browser asks for it."""
    app = create_app(load_settings({"SALON_INSTANCE": str(instance)}))
    client = app.test_client()
    _log_in(client)
    visit = _first_visit(client)
    owed = _owe(app.test_client(), token, visit["customer_id"])
    for name, path in (_paths(client, visit) | {"a slip": f"/invoices/{owed}/slip"}).items():
        yield _measured(app, client, name, path)
    with app.app_context():
        db.engine.dispose()


def _first_visit(client: FlaskClient) -> dict[str, Any]:
    board = client.get("/desk/events").get_json()
    assert len(board["bookings"]) == BOOKED_TODAY
    return dict(board["bookings"][0])


def _owe(client: FlaskClient, token: str, customer_id: int) -> int:
    """Let a customer leave without paying. Gives the invoice's id."""
    headers = {"Authorization": f"Bearer {token}"}
    lines = [{"service_id": 1, "staff_id": 1}]
    drafted = client.post("/api/v1/invoices", json={"customer_id": customer_id, "lines": lines}, headers=headers)
    owed = client.post(
        f"/api/v1/invoices/{drafted.get_json()['id']}/settlement", json={"payments": []}, headers=headers
    )
    assert owed.status_code == 200, owed.text
    return int(drafted.get_json()["id"])


def _paths(client: FlaskClient, visit: dict[str, Any]) -> dict[str, str]:
    """The pages by name."""
    customer_id, appointment_id = visit["customer_id"], visit["appointment_id"]
    asked = {"csrf_token": _csrf_of(client.get("/desk").text), "customer_id": customer_id}
    checkout = client.post("/invoices/new", data={**asked, "appointment_id": appointment_id})
    return {
        "the desk": "/desk",
        "the desk with a customer": f"/desk?customer={customer_id}",
        "a day's board": "/desk/events",
        "the customer's panel": f"/desk/panel/{customer_id}",
        "a booking": f"/desk/appointments/{appointment_id}",
        "the checkout": checkout.headers["Location"],
    }


def _log_in(client: FlaskClient) -> None:
    token = _csrf_of(client.get("/login").text)
    client.post("/login", data={"csrf_token": token, "name": USER, "password": PASSWORD})


def _csrf_of(html: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"|name="csrf-token" content="([^"]+)"', html)
    assert found is not None
    return str(found[1] or found[2])


def _measured(app: Flask, client: FlaskClient, name: str, path: str) -> Page:
    with _counting(app) as asked:
        answer = client.get(path)
        statements = len(asked)
    assert answer.status_code == 200, f"{path}: {answer.status}"
    taken = []
    for _ in range(TIMES):
        began, of_processor = time.perf_counter(), time.process_time()
        client.get(path)
        taken.append((time.perf_counter() - began, time.process_time() - of_processor))
    waited, worked = (median(part) * 1000 for part in zip(*taken, strict=True))
    return Page(name, waited, worked, statements, len(answer.data) / 1024)


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)
