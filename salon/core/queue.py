"""Waking the jobs of an installation. What is to do stands in the database; the queue only says when to look.

A job is a plain function of the moment, safe to run twice and beside itself; it says how much it did, and is called
again until that is nothing. Losing the queue's file loses nothing: every job is looked at once a minute anyway.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, current_app
from huey import SqliteHuey, crontab

from . import clock

Job = Callable[[datetime], int]

QUEUE = "salon_queue"
GATHERING_SECONDS = 1.0  # a wake-up serves all that is written within this time

log = structlog.get_logger(__name__)


class Queue:
    """The jobs of one application and the file through which its processes wake each other."""

    def __init__(self, app: Flask, path: Path, jobs: Mapping[str, Job]) -> None:
        self._app = app
        self._path = path
        self._jobs = jobs
        self._woken: dict[str, float] = {}
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._run_task: Any = None
        self.stopping = threading.Event()

    def huey(self) -> Any:
        """The queue itself, made when first needed: commands that wake nobody leave no file behind."""
        return self._task().huey

    def wake(self, name: str) -> None:
        """Have a job looked at within some seconds. What is written until it starts is served by the same wake-up."""
        moment = time.monotonic()
        with self._lock:
            if moment - self._woken.get(name, -GATHERING_SECONDS) < GATHERING_SECONDS:
                return
            self._woken[name] = moment
        try:
            self._task().schedule((name,), delay=GATHERING_SECONDS)
        except sqlite3.Error:
            log.exception("wake_lost", job=name)  # what the caller wrote stands; the sweep finds it

    def close(self) -> None:
        """Let go of the file."""
        if self._run_task is not None:
            self._run_task.huey.storage.close()

    def run(self, name: str) -> None:
        """Do a job until nothing is left to do or the application stops."""
        with self._app.app_context():
            while not self.stopping.is_set() and self._jobs[name](clock.now()):
                pass

    def _sweep(self, name: str) -> Callable[[], None]:
        def sweep() -> None:
            self.run(name)

        return sweep

    def _task(self) -> Any:
        with self._opening:
            if self._run_task is None:
                huey = SqliteHuey("salon", filename=str(self._path), results=False)
                for name in self._jobs:
                    huey.periodic_task(crontab(minute="*"), name=f"sweep_{name}")(self._sweep(name))
                self._run_task = huey.task(name="run_job")(self.run)
            return self._run_task


def wake(name: str) -> None:
    """Wake a job of the current application; without a queue (a command, an import) the sweep will find the work."""
    queue: Queue | None = current_app.extensions.get(QUEUE)
    if queue is not None:
        queue.wake(name)
