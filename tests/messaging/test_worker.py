"""The worker beside the web server: it wakes when told, sweeps by itself, and stops when asked."""

import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from salon import worker
from salon.core.queue import QUEUE, Queue
from salon.messaging import jobs
from salon.messaging.gateways import Outgoing, Sent

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


def test_a_command_without_a_queue_wakes_nobody(house: Flask) -> None:
    house.extensions.pop(QUEUE, None)
    jobs.wake_delivery()
    assert not (house.config["SALON"].instance / "queue.db").exists()
