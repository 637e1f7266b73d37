"""Killed in the middle of settlements under load: what was answered stands, what was not is whole or not there."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from flask import Flask
from sqlalchemy import func, select

from salon.appointments.models import Appointment, AppointmentItem
from salon.club.wallet.queries import verify_lots
from salon.core.db import Base, db
from salon.core.jalali import local_date, start_of_day
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice, InvoiceStatus, Settlement
from salon.ledger.queries import verify_journal
from salon.messaging import jobs
from salon.messaging.gateways.kavenegar import KavenegarGateway
from salon.messaging.models import OutboxMessage
from salon.messaging.rules import LEASE
from tests.factories import SmallSalon
from tests.fakes.kavenegar import KEY, Provider, running_provider
from tests.killable import CALL, Asked, House

TILLS = 4
KILLS = {"sqlite": 20, "postgresql": 4}


@pytest.fixture
def provider() -> Iterator[Provider]:
    """The provider of messages."""
    with running_provider() as running:
        yield running


@pytest.fixture
def house(
    app: Flask, salon: SmallSalon, provider: Provider, bearer: dict[str, str], tmp_path: Path, database_url: str
) -> Iterator[House]:
    """The salon of this test in a process of its own."""
    environment = os.environ | {
        "SALON_INSTANCE": str(tmp_path),
        "SALON_DATABASE_URL": database_url,
        "SALON_SMS_GATEWAY": "kavenegar",
        "SALON_KAVENEGAR_KEY": KEY,
        "SALON_KAVENEGAR_HOST": provider.host,
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
    run = house.run("ledger", "verify")
    assert run.returncode == 0, run.stderr
    house.start()
    retry(house, house.asked)


@pytest.mark.parametrize("point", ["half written", "before the commit", "after the commit"])
def test_a_settlement_that_is_cut_off_is_there_or_not_and_sent_again_counts_once(
    house: House, salon: SmallSalon, point: str
) -> None:
    line = {"service_id": salon.cut, "staff_id": salon.sara}
    drafted = house.post("/invoices", {"customer_id": salon.zahra, "lines": [line]}).json()
    asked = Asked(drafted["id"], "one-press", {"payments": [{"method": "cash", "amount": drafted["total"]}]})
    dies_there(house, point, lambda: house.settle(asked))
    check_whole(asked, settled=point == "after the commit")
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
    house.start()
    assert house.settle(asked).json() == house.settle(asked).json()
    check_whole(asked, settled=True)
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []
    assert written(OutboxMessage) == 1


@pytest.mark.parametrize("point", ["half written", "before the commit", "after the commit"])
def test_a_booking_that_is_cut_off_is_there_or_not_and_sent_again_is_made_once(
    house: House, salon: SmallSalon, point: str
) -> None:
    booking = {
        "customer_id": salon.zahra,
        "starts_at": (
            start_of_day(local_date(datetime.now(UTC)) + timedelta(days=7)) + timedelta(hours=10)
        ).isoformat(),
        "items": [{"service_id": service, "staff_id": salon.sara} for service in (salon.cut, salon.brushing)],
    }
    dies_there(house, point, lambda: house.post("/appointments", booking))
    there = point == "after the commit"
    assert (written(Appointment), written(AppointmentItem), written(OutboxMessage)) == (
        (1, 2, 1) if there else (0, 0, 0)
    )
    house.start()
    assert house.post("/appointments", booking).status_code == (409 if there else 201)
    assert (written(Appointment), written(AppointmentItem), written(OutboxMessage)) == (1, 2, 1)


@pytest.mark.parametrize(("point", "calls"), [("claimed", 1), ("taken by the provider", 2)])
def test_a_message_whose_worker_is_killed_goes_out_once(
    app: Flask, house: House, provider: Provider, salon: SmallSalon, point: str, calls: int
) -> None:
    house.kill()
    house.start(point)
    line = {"service_id": salon.cut, "staff_id": salon.sara}
    drafted = house.post("/invoices", {"customer_id": salon.zahra, "lines": [line]}).json()
    paid = {"payments": [{"method": "cash", "amount": drafted["total"]}]}
    assert house.settle(Asked(drafted["id"], "one-press", paid)).status_code == 200
    house.await_end()  # by itself, in the background
    jobs.init_gateway(app, KavenegarGateway(key=KEY, sender="", host=provider.host))
    assert jobs.deliver_due(datetime.now(UTC)) == 0  # the dead worker holds it
    assert jobs.deliver_due(datetime.now(UTC) + LEASE) == 1
    assert (len(provider.calls), len(provider.texts)) == (calls, 1)
    db.session.rollback()
    assert db.session.scalars(select(OutboxMessage.state)).all() == ["sent"]


def dies_there(house: House, point: str, ask: Callable[[], object]) -> None:
    """Ask something of a server that dies while it answers."""
    house.kill()
    house.start(point)
    with pytest.raises(requests.ConnectionError):
        ask()
    house.await_end()


def written(table: type[Base]) -> int:
    """How many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0
