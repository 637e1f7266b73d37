"""The worker inside `salon serve`: names the jobs of all rooms and runs them beside the web server."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from huey.consumer import Consumer

from .appointments.waitlist import jobs as waitlist
from .club.wallet import jobs as wallet
from .config import ConfigError, Settings
from .core import clock
from .core.queue import QUEUE, TROUBLES, Queue
from .messaging import jobs as messaging

STEADY = timedelta(hours=1)  # somebody who set the clock wrong has so long to see it before value is written off
_watch = clock.Watch()


def expire_lots_in_steady_time(now: datetime) -> int:
    """Write off what expired, unless the clock was set a while ago: what a wrong clock writes off is lost for good."""
    return wallet.expire_lots(now) if _watch.steady_for() >= STEADY else 0


JOBS = {
    messaging.DELIVERY: messaging.deliver_due,
    wallet.EXPIRY: wallet.expire_lots,
    waitlist.OFFERING: waitlist.offer_openings,
}
# As they are looked at by themselves; whoever asks for one by hand has looked at the clock.
BY_THEMSELVES = JOBS | {wallet.EXPIRY: expire_lots_in_steady_time}

IDLE_SECONDS = 1.0  # how often an idle worker looks for a wake-up
STOP_SECONDS = 20  # a message under way may end within it; else its lease runs out and another worker takes it


class _Consumer(Consumer):  # type: ignore[misc]  # the package has no types
    """A consumer beside a server, which alone answers the signals of the process."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the server."""


def init_queue(app: Flask) -> None:
    """Give the application the queue of its installation, and messages their gateway."""
    settings: Settings = app.config["SALON"]
    app.extensions[QUEUE] = Queue(app, settings.instance / "queue.db", BY_THEMSELVES, settings.queue_url)
    messaging.init_gateway(app)


def start_consumer(app: Flask) -> Callable[[], None]:
    """Start working in the background; returns what stops it, waiting for the message under way. Raises ConfigError."""
    queue: Queue = app.extensions[QUEUE]
    queue.stopping.clear()
    consumer = _Consumer(_opened(queue), workers=1, max_delay=IDLE_SECONDS, shutdown_timeout=STOP_SECONDS)
    consumer.start()

    def stop() -> None:
        queue.stopping.set()
        consumer.stop(graceful=True)
        queue.close()

    return stop


def _opened(queue: Queue) -> Any:
    try:
        return queue.huey()
    except TROUBLES as error:
        raise ConfigError(f"SALON_QUEUE_URL, SALON_INSTANCE: the queue of the jobs cannot be used: {error}") from None
