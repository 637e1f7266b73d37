"""Killed in the middle of settlements under load: what was answered stands, what was not is whole or not there."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask
from sqlalchemy import func, select

from salon.club.wallet.queries import verify_lots
from salon.core.db import db
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice, InvoiceStatus, Settlement
from salon.ledger.queries import verify_journal
from tests.factories import SmallSalon

TILLS = 4
KILLS = {"sqlite": 20, "postgresql": 4}
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

    def start(self) -> None:
        """Serve on a free port and wait until it answers."""
        assert self.host.stdin is not None
        self.host.stdin.write("\n")
        self.host.stdin.flush()
        self.process = int(self._said("process "))
        self.address = self._said("Salon: ")

    def _said(self, start: str) -> str:
        assert self.host.stdout is not None
        return next(line for line in self.host.stdout if line.startswith(start)).removeprefix(start).strip()

    def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        os.kill(self.process, signal.SIGKILL)
        while _is_there(self.process):
            time.sleep(0.01)

    def post(self, path: str, body: Any, key: str = "") -> requests.Response:
        """A call of the API over a connection of its own."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return requests.post(f"{self.address}/api/v1{path}", json=body, headers=headers, timeout=CALL)

    def settle(self, asked: Asked) -> requests.Response:
        """Ask for a settlement."""
        return self.post(f"/invoices/{asked.draft}/settlement", asked.body, asked.key)


@pytest.fixture
def house(app: Flask, salon: SmallSalon, bearer: dict[str, str], tmp_path: Path, database_url: str) -> Iterator[House]:
    """The salon of this test in a process of its own."""
    environment = os.environ | {
        "SALON_INSTANCE": str(tmp_path),
        "SALON_DATABASE_URL": database_url,
        "PORT": "0",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    db.session.remove()
    db.engine.dispose()
    command = [sys.executable, "-m", "tests.serve_host"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as host:
        house = House(environment, bearer, host)
        house.start()
        yield house
        house.kill()


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def work(house: House, salon: SmallSalon, chance: random.Random, answered: threading.Semaphore) -> list[Asked]:
    """Write and settle invoices until the server is gone: paid, paid in part, or left as a debt."""
    asked: list[Asked] = []
    line = {"service_id": salon.cut, "staff_id": salon.sara, "unit_price": 1000}
    while True:
        try:
            drafted = house.post("/invoices", {"customer_id": salon.zahra, "lines": [line] * chance.randint(1, 3)})
            total = drafted.json()["total"]
            paid = chance.choice([0, total // 2, total])
            payments = [{"method": chance.choice(["cash", "card"]), "amount": paid}] if paid else []
            asked.append(Asked(drafted.json()["id"], f"{chance.getrandbits(64)}", {"payments": payments}))
            answer = house.settle(asked[-1])
        except requests.RequestException:
            return asked
        assert answer.status_code == 200, answer.text
        asked[-1].answer = answer.json()
        answered.release()


def under_load(house: House, salon: SmallSalon, number: int) -> None:
    """Let the tills work, and kill the server among them some moments after a few settlements."""
    chance, answered = random.Random(number), threading.Semaphore(0)
    with ThreadPoolExecutor(TILLS) as tills:
        working = [
            tills.submit(work, house, salon, random.Random(f"{number}-{till}"), answered) for till in range(TILLS)
        ]
        for _settlement in range(chance.randint(2, 8)):
            answered.acquire(timeout=CALL)
        time.sleep(chance.uniform(0, 0.02))
        house.kill()
        for till in working:
            house.asked += till.result()


def settled_drafts() -> dict[str, int]:
    """Each key that settled something, with its invoice."""
    db.session.rollback()
    question = select(Settlement.idempotency_key, Settlement.invoice_id)
    return {row.idempotency_key: row.invoice_id for row in db.session.execute(question)}


def test_no_settlement_is_lost_or_half_done_however_often_the_server_is_killed(
    house: House, salon: SmallSalon, engine: str
) -> None:
    for number in range(KILLS[engine]):
        before = len(house.asked)
        under_load(house, salon, number)
        there = settled_drafts()
        for asked in house.asked[before:]:
            assert asked.answer is None or there[f"api:{asked.key}"] == asked.draft
            check_whole(asked, f"api:{asked.key}" in there)
        assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
        house.start()
        retry(house, house.asked[before:])
    assert sum(asked.answer is not None for asked in house.asked) > KILLS[engine]
    assert any(asked.answer is None for asked in house.asked)


def check_whole(asked: Asked, settled: bool) -> None:
    """A settled invoice has a number, one settlement and its money; one that is not is still a draft."""
    db.session.rollback()
    invoice = db.session.get_one(Invoice, asked.draft, populate_existing=True)
    acts = db.session.scalar(select(func.count()).where(Settlement.invoice_id == asked.draft))
    assert (acts, invoice.number is not None) == ((1, True) if settled else (0, False))
    assert (invoice.status != InvoiceStatus.DRAFT) is settled
    paid = sum(payment["amount"] for payment in asked.body["payments"])
    assert invoice.paid == (paid if settled else 0)


def retry(house: House, asked: list[Asked]) -> None:
    """Ask all of it again by the same keys: the same answers, and what had none gets one."""
    for again in asked:
        answer = house.settle(again)
        assert answer.status_code == 200, answer.text
        assert again.answer in (None, answer.json())


def test_the_books_of_a_killed_salon_verify(house: House, salon: SmallSalon) -> None:
    under_load(house, salon, 99)
    command = [sys.executable, "-c", "from salon.cli import main; main()", "ledger", "verify"]
    run = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    house.start()
    retry(house, house.asked)
