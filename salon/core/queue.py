"""Waking the jobs of an installation. What is to do stands in the database; the queue only says when to look.

A job is a plain function of the moment, safe to run twice and beside itself; it says how much it did, and is called
again until that is nothing. Losing the queue loses nothing: every job is looked at once a minute anyway.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import structlog
from flask import Flask, current_app
from huey import PostgresHuey, SqliteHuey, crontab

from . import clock
from .troubles import trouble_of

Job = Callable[[datetime], int]

QUEUE = "salon_queue"
GATHERING_SECONDS = 1.0  # a wake-up serves all that is written within this time
TROUBLES = (sqlite3.Error, psycopg.Error)  # what an unreachable queue raises

_TABLES = "salon_queue"
_MAKING_TABLES = 7_250_413  # the advisory lock under which one process at a time makes them

log = structlog.get_logger(__name__)


class Queue:
    """The jobs of one application, and the file or the PostgreSQL through which its processes wake each other."""

    def __init__(self, app: Flask, path: Path, jobs: Mapping[str, Job], url: str = "") -> None:
        self._app = app
        self._path = path
        self._url = url
        self._jobs = jobs
        self._connections: list[psycopg.Connection[Any]] = []
        self._woken: dict[str, float] = {}
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._run_task: Any = None
        self.stopping = threading.Event()

    def huey(self) -> Any:
        """The queue itself, made when first needed: commands that wake nobody leave no file behind. Raises TROUBLES."""
        return self._task().huey

    def wake(self, name: str) -> None:
        """Have a job looked at within some seconds. What is written until it starts is served by the same wake-up."""
        moment = time.monotonic()
        with self._lock:
            if moment - self._woken.get(name, -GATHERING_SECONDS) < GATHERING_SECONDS:
                return
            self._woken[name] = moment
        try:
            self._task()(name)
        except TROUBLES:
            log.exception("wake_lost", job=name)  # what the caller wrote stands; the sweep finds it

    def close(self) -> None:
        """Let go of the file or the connections."""
        if self._run_task is not None:
            self._run_task.huey.storage.close()
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def run(self, name: str) -> None:
        """Do a job until nothing is left to do or the application stops."""
        with self._app.app_context():
            try:
                while not self.stopping.is_set() and self._jobs[name](clock.now()):
                    pass
            except Exception as error:
                if trouble_of(error) is None:
                    raise
                log.warning("job_waits", job=name)  # it is looked at again within a minute

    def _gather_and_run(self, name: str) -> None:
        self.stopping.wait(GATHERING_SECONDS)
        self.run(name)

    def _sweep(self, name: str) -> Callable[[], None]:
        def sweep() -> None:
            self.run(name)

        return sweep

    def _task(self) -> Any:
        with self._opening:
            if self._run_task is None:
                huey = self._on_postgresql() if self._url else self._in_file()
                for name in self._jobs:
                    huey.periodic_task(crontab(minute="*"), name=f"sweep_{name}")(self._sweep(name))
                self._run_task = huey.task(name="run_job")(self._gather_and_run)
            return self._run_task

    def _in_file(self) -> Any:
        return SqliteHuey("salon", filename=str(self._path), results=False)

    def _on_postgresql(self) -> Any:
        huey = PostgresHuey("salon", results=False, connection=self._connect, table_prefix=_TABLES, create_tables=False)
        with self._connect() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING_TABLES,))
            for statement in huey.storage.ddl:
                connection.execute(statement)
        return huey

    def _connect(self) -> psycopg.Connection[Any]:
        """A connection that is closed with the queue; each listening thread has its own."""
        # A desk waits for this: seconds to reach the server, milliseconds until it must have heard.
        connection = psycopg.connect(self._url, connect_timeout=3, tcp_user_timeout=5_000)
        self._connections.append(connection)
        return connection


def wake(name: str) -> None:
    """Wake a job of the current application; without a queue (a command, an import) the sweep will find the work."""
    queue: Queue | None = current_app.extensions.get(QUEUE)
    if queue is not None:
        queue.wake(name)
