"""The worker beside the web server: it wakes when told, sweeps by itself, and stops when asked."""

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

from salon import worker
from salon.app import create_app
from salon.config import ConfigError, Settings
from salon.core.db import db
from salon.core.queue import QUEUE, Queue
from salon.messaging import jobs
from salon.messaging.gateways import Outgoing, Sent
from tests.postgres import PostgresServer, libpq_address

from .conftest import Put, of_key


class Tells:
    """A gateway that tells when a message went out."""

    name = "console"

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.told = threading.Event()

    def send(self, message: Outgoing) -> Sent:
        self.texts.append(message.text)
        self.told.set()
        return Sent()


@pytest.fixture
def gateway(house: Flask) -> Iterator[Tells]:
    worker.init_queue(house)
    tells = Tells()
    jobs.init_gateway(house, tells)
    yield tells
    house.extensions[QUEUE].close()


def test_a_wake_up_sends_what_was_written_and_stopping_waits_for_it(house: Flask, gateway: Tells, put: Put) -> None:
    before = signal.getsignal(signal.SIGTERM)
    stop = worker.start_consumer(house)
    assert signal.getsignal(signal.SIGTERM) is before
    put("سلام", due_at=datetime.now(UTC))
    jobs.wake_delivery()
    assert gateway.told.wait(60)
    stop()
    assert of_key("سلام").state == "sent"
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("Worker", "Scheduler"))]


def test_many_wake_ups_at_once_do_not_fill_the_queue(house: Flask, gateway: Tells) -> None:
    for _ in range(20):
        jobs.wake_delivery()
    huey = house.extensions[QUEUE].huey()
    assert 1 <= huey.pending_count() < 20


def test_every_job_is_swept_each_minute_and_sends_what_nobody_woke_it_for(
    house: Flask, gateway: Tells, put: Put
) -> None:
    huey = house.extensions[QUEUE].huey()
    put("یک", due_at=datetime.now(UTC))
    sweeps = huey.read_periodic(datetime.now(UTC).replace(tzinfo=None))
    assert [task.name for task in sweeps] == [f"sweep_{name}" for name in worker.JOBS]
    for task in sweeps:
        huey.execute(task)
    assert gateway.texts == ["یک"]


def test_a_lost_queue_file_does_not_undo_what_was_written(house: Flask, gateway: Tells, put: Put) -> None:
    nowhere = Queue(house, house.config["SALON"].instance / "missing" / "queue.db", worker.JOBS)
    house.extensions[QUEUE] = nowhere
    put("سلام")
    jobs.wake_delivery()
    assert of_key("سلام").state == "queued"


@pytest.fixture
def queue_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A database through which machines wake each other."""
    with postgres_server.database() as address:
        yield libpq_address(make_url(address))


@pytest.fixture
def elsewhere(house: Flask, queue_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The same salon on another machine; both wake through the database."""
    shared: Settings = replace(house.config["SALON"], queue_url=queue_url)
    house.config["SALON"] = shared
    worker.init_queue(house)
    (tmp_path / "elsewhere").mkdir()
    app = create_app(replace(shared, instance=tmp_path / "elsewhere"))
    yield app
    for queue in (house.extensions[QUEUE], app.extensions[QUEUE]):
        queue.close()
    with app.app_context():
        db.engine.dispose()


def test_a_wake_up_reaches_the_workers_of_other_machines(house: Flask, elsewhere: Flask, put: Put) -> None:
    tells = Tells()
    jobs.init_gateway(elsewhere, tells)
    put("سلام", due_at=datetime.now(UTC))
    jobs.wake_delivery()
    there = elsewhere.extensions[QUEUE].huey()
    task = there.dequeue()
    assert task.name == "run_job"
    there.execute(task)
    assert tells.texts == ["سلام"]
    assert list(house.config["SALON"].instance.glob("**/queue.db")) == []


def test_a_worker_of_another_machine_works_and_stops_as_one_beside_the_desk(
    house: Flask, elsewhere: Flask, put: Put
) -> None:
    tells = Tells()
    jobs.init_gateway(elsewhere, tells)
    stop = worker.start_consumer(elsewhere)
    put("سلام", due_at=datetime.now(UTC))
    jobs.wake_delivery()
    assert tells.told.wait(60)
    stop()
    assert of_key("سلام").state == "sent"
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("Worker", "Scheduler"))]


def test_many_first_starts_at_once_make_the_tables_of_the_queue_once(house: Flask, queue_url: str) -> None:
    starts = 6
    ready = threading.Barrier(starts)

    def start(_number: int) -> int:
        queue = Queue(house, house.config["SALON"].instance / "queue.db", worker.JOBS, queue_url)
        ready.wait()
        waiting = int(queue.huey().pending_count())
        queue.close()
        return waiting

    with ThreadPoolExecutor(starts) as pool:
        assert list(pool.map(start, range(starts))) == [0] * starts


def test_a_queue_that_does_not_answer_loses_nothing_but_no_worker_starts_on_it(house: Flask, put: Put) -> None:
    house.config["SALON"] = replace(house.config["SALON"], queue_url="postgresql://salon@127.0.0.1:1/queue")
    worker.init_queue(house)
    put("سلام")
    jobs.wake_delivery()
    assert of_key("سلام").state == "queued"
    with pytest.raises(ConfigError, match="SALON_QUEUE_URL"):
        worker.start_consumer(house)


def test_a_command_without_a_queue_wakes_nobody(house: Flask) -> None:
    house.extensions.pop(QUEUE, None)
    jobs.wake_delivery()
    assert not (house.config["SALON"].instance / "queue.db").exists()
