"""The clients: the five kinds of call, sent one after another over kept connections."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import quote

from salon.core.jalali import SALON_ZONE, local_date, start_of_day

from .filling import CUSTOMERS, DRAFTS, FIRST_NAMES, IN_PHASES, LAST_NAMES, LINES_OF_INVOICE, PEOPLE, SERVICES
from .serving import Served

Call = tuple[str, str, object]  # method, path, body


@dataclass(frozen=True)
class Rate:
    """How quickly calls were answered, and what each cost the server's processor, in milliseconds."""

    per_second: float
    processor: float


def settlements(lines: int, place: int) -> Iterator[Call]:
    """Drafts, each once; the two servers of a database take every second one."""
    first = lines // LINES_OF_INVOICE + 1
    for draft in range(first + place, first + DRAFTS, 2):
        yield "POST", f"/api/v1/invoices/{draft}/settlement", {"payments": [{"method": "cash", "amount": 2_000_000}]}


def bookings(place: int) -> Iterator[Call]:
    """A free half hour each, from the day after tomorrow on; the two servers take every second day."""
    tomorrow = local_date(datetime.now(UTC)) + timedelta(days=1)
    for number in count():
        day = tomorrow + timedelta(days=1 + place + 2 * (number // (PEOPLE * 24)))
        begins = start_of_day(day) + timedelta(minutes=9 * 60 + number // PEOPLE % 24 * 30)
        item = {"service_id": 1 + number % (SERVICES - 1), "staff_id": 1 + number % PEOPLE}
        body = {"customer_id": 1 + number * 31 % CUSTOMERS, "starts_at": begins.isoformat(), "items": [item]}
        yield "POST", "/api/v1/appointments", body


def availabilities() -> Iterator[Call]:
    """Tomorrow, half booked, for one service after another."""
    tomorrow = local_date(datetime.now(UTC)) + timedelta(days=1)
    for number in count():
        yield "GET", f"/api/v1/availability?date={tomorrow}&service_id={1 + number % SERVICES}", None


def visits() -> Iterator[Call]:
    """Tomorrow, half booked, for a colour and two other services, by whoever can."""
    tomorrow = start_of_day(local_date(datetime.now(UTC)) + timedelta(days=1)).astimezone(SALON_ZONE)
    day = {"from": tomorrow.isoformat(), "to": (tomorrow + timedelta(days=1)).isoformat(), "limit": 20}
    for number in count():
        services = (IN_PHASES, 1 + number % (SERVICES - 1), 1 + number * 7 % (SERVICES - 1))
        items = [{"service_id": service} for service in services]
        yield "POST", "/api/v1/availability", day | {"items": items}


def lookups() -> Iterator[Call]:
    """Names, some with a second word, and parts of mobiles."""
    for number in count():
        first, last = FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[number * 7 % len(LAST_NAMES)]
        typed = (last, f"{first} {last}", f"{1000 + number * 37 % 8999}", first)[number % 4]
        yield "GET", f"/api/v1/customers?search={quote(typed)}", None


class Client:
    """One kept connection; it speaks just enough HTTP to cost next to nothing itself."""

    def __init__(self, served: Served) -> None:
        self._socket = socket.create_connection(("127.0.0.1", served.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f" HTTP/1.1\r\nHost: salon\r\nAuthorization: Bearer {served.token}\r\n"

    def ask(self, call: Call) -> bytes:
        """Send a call and read its answer's body. Raises RuntimeError for a refusal."""
        method, path, asked = call
        body = b"" if asked is None else json.dumps(asked).encode()
        head = f"{method} {path}{self._head}"
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self._socket.sendall(head.encode() + b"\r\n" + body)
        return self._read(call)

    def _read(self, call: Call) -> bytes:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._socket.recv(65536)
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._socket.recv(65536)
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise RuntimeError(f"{call}: {head.decode()} {body.decode()}")
        return body

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def rate(served: Served, calls: Iterator[Call], clients: int, seconds: float) -> Rate:
    """How quickly so many clients get answered. Raises RuntimeError when one is refused."""
    lock = threading.Lock()
    answered, failures = [0] * clients, list[BaseException]()

    def following() -> Call:
        with lock:
            return next(calls)

    def work(place: int, until: float) -> None:
        client = Client(served)
        try:
            while time.perf_counter() < until:
                client.ask(following())
                answered[place] += 1
        except BaseException as error:
            failures.append(error)
        finally:
            client.close()

    began, worked = time.perf_counter(), served.processor_seconds()
    _together([lambda place=place: work(place, began + seconds) for place in range(clients)])
    if failures:
        raise failures[0]
    count, took = sum(answered), time.perf_counter() - began
    return Rate(count / took, (served.processor_seconds() - worked) * 1000 / count)


def _together(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
