"""A provider of text messages on a loopback port that answers as Kavenegar's documents say."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

KEY = "6b3561566d2f"  # of this fake only
Row = dict[str, Any]


@dataclass
class Provider:
    """What the provider has, what it was asked, and how it is told to misbehave."""

    host: str
    calls: list[dict[str, str]] = field(default_factory=list)
    sent: dict[str, Row] = field(default_factory=dict)  # by localid: a repetition sends nothing
    refusals: deque[tuple[int, str]] = field(default_factory=deque)  # answered in turn before anything is taken
    raw_answers: deque[tuple[int, bytes]] = field(default_factory=deque)
    shape: Callable[[Row], Any] = lambda row: [row]  # entries as a list, an object or null
    entry_status: int = 1
    silent: threading.Event = field(default_factory=threading.Event)  # takes the message and never answers
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        """The texts that went out, in order."""
        return [row["message"] for row in self.sent.values()]

    def take(self, form: dict[str, str]) -> tuple[int, bytes]:
        """The answer to one `sms/send`: HTTP status and body."""
        self.calls.append(form)
        if self.raw_answers:
            return self.raw_answers.popleft()
        if self.refusals:
            status, said = self.refusals.popleft()
            return status, envelope(status, said, None)
        row = self.sent.setdefault(form["localid"], self._row(form))
        if self.silent.is_set():
            self.released.wait()
        return 200, envelope(200, "تایید شد", self.shape(row))

    def _row(self, form: dict[str, str]) -> Row:
        return {
            "messageid": 8792343 + len(self.sent),
            "message": form["message"],
            "status": self.entry_status,
            "statustext": "در صف ارسال",
            "sender": form.get("sender", "10004346"),
            "receptor": form["receptor"],
            "localid": form["localid"],
            "date": 1732000000,
            "cost": 1200,
        }


def envelope(status: int, said: str, entries: Any) -> bytes:
    """An answer's body."""
    return json.dumps({"return": {"status": status, "message": said}, "entries": entries}).encode()


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that runs as long as the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
    provider = Provider(host=f"http://127.0.0.1:{server.server_address[1]}")
    server.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        provider.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Desk(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if self.path != f"/v1/{KEY}/sms/send.json":
            return self._answer(403, envelope(403, "کد شناسائی API-Key معتبر نمی باشد", None))
        return self._answer(*provider.take(form))

    def _answer(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the caller did not wait

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""
