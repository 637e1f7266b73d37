"""Nothing that is sent to the API breaks it: no fault, and every refusal has its code and a Persian sentence."""

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.api.problems import check_refusal
from tests.factories import SmallSalon

JSON = {"Content-Type": "application/json"}


class Sender:
    """A program that means no good."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.headers.update(headers)

    def send(self, method: str, path: str, **more: Any) -> requests.Response:
        """Send a request; what comes back is no fault, and a refusal is a problem."""
        answer = self.session.request(method, f"{self.address}{path}", timeout=30, **more)
        check_refusal(answer.status_code, answer.headers.get("Content-Type", ""), answer.content)
        return answer

    def send_raw(self, lines: bytes) -> bytes:
        """Send bytes that no library would, and give the status line back."""
        parts = urlsplit(self.address)
        with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
            connection.sendall(lines)
            return connection.recv(100).partition(b"\r\n")[0]


@pytest.fixture
def sender(address: str, bearer: dict[str, str]) -> Iterator[Sender]:
    """Sends anything to the API, with a good token unless told otherwise."""
    sender = Sender(address, bearer)
    yield sender
    sender.session.close()


CALLS: dict[str, Any] = {
    "/customers": {
        "first_name": "مینا",
        "last_name": "شریفی",
        "mobile": "09121112233",
        "shared_mobile": True,
        "birthday": "1990-05-01",
        "wedding_day": None,
        "note": "",
        "allergies": "",
    },
    "/appointments": {
        "customer_id": 1,
        "starts_at": "2026-11-22T10:00:00+03:30",
        "items": [{"service_id": 1, "staff_id": 1}],
        "note": "",
    },
    "/invoices": {
        "customer_id": 1,
        "appointment_id": None,
        "sale_kind_id": None,
        "discount": 0,
        "discount_bp": 100,
        "discount_reason": "",
        "tips": [{"staff_id": 1, "amount": 1}],
        "lines": [
            {
                "service_id": 1,
                "staff_id": 1,
                "quantity": 1,
                "unit_price": 1000,
                "discount": 0,
                "discount_bp": 100,
                "discount_reason": "",
                "shares": [{"staff_id": 1, "share_bp": 5000}, {"staff_id": 2, "share_bp": 5000}],
            }
        ],
    },
    "/invoices/1/settlement": {"payments": [{"method": "cash", "amount": 1}], "credit": 0},
    "/receipts": {"customer_id": 1, "amount": 1, "method": "cash", "invoices": [1]},
    "/deposits/1/returns": {"amount": 1, "method": "cash", "cashbox_id": None, "reference": ""},
    "/vouchers": {
        "kind": "receipt",
        "cashbox_id": 1,
        "amount": 1,
        "category_id": 1,
        "staff_id": None,
        "party": "",
        "note": "",
        "business_date": None,
    },
    "/transfers": {"cashbox_id": 1, "to_cashbox_id": 2, "amount": 1, "note": "", "business_date": None},
    "/customers/1/cards": {"raw": ";636294169881005271827?"},
    "/swipes": {"raw": "%B636294169881005271827^NAME^?", "station": "۱"},
}
# As they stand in JSON: some are more than Python itself would print.
NUMBERS = [
    *("-1", "0", "1", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808"),
    *("1000000000000000", "1" + "0" * 30, "9" * 4000, "9" * 5000, "1e308", "1e400", "-0", "0.1", "NaN", "-Infinity"),
]
TEXTS = [
    *("", " ", "\\u200c", "\\u0000", "a\\u0000b", "\\ud800", "الف\\udfff", "\\u202e", "\\ufdfa" * 80, "💅" * 80),
    *("۱" * 40, "x" * 100_000, "' OR 1=1 --", '\\"', "%", "_", "%B" + "9" * 300 + "?", "%E?", ";636294?", "cash"),
    *("0001-01-01", "9999-12-31", "1950-01-01", "2199-12-31", "2026-02-30", "0001-01-01T00:00:00+14:00"),
    *("9999-12-31T23:59:59-14:00", "1950-01-01T00:00:00Z", "2199-12-31T00:00:00Z", "2026-11-22T24:00:00Z"),
    *("2026-11-22T10:00:60Z", "2026-11-22T10:00:00.9999999999Z", "2026-11-22T10:00:00+99:99"),
]
OTHERS = ["null", "true", "false", "[]", "[[]]", "{}", '{"id": 1}', "[null, null]", "[1, 2]"]
NASTY = [*NUMBERS, *(f'"{text}"' for text in TEXTS), *OTHERS]


def places_in(body: Any) -> list[tuple[Any, ...]]:
    """The way to each value of a body, the body itself included."""
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    return [(), *((key, *rest) for key, value in inner for rest in places_in(value))]


def put(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The body with another value at a place."""
    if not place:
        return value
    changed = dict(body) if isinstance(body, dict) else list(body)
    changed[place[0]] = put(body[place[0]], place[1:], value)
    return changed


@pytest.mark.parametrize("path", CALLS)
def test_no_value_in_any_place_breaks_a_call(sender: Sender, path: str) -> None:
    for place in places_in(CALLS[path]):
        body = json.dumps(put(CALLS[path], place, "HERE"))
        for value in NASTY:
            sender.send("POST", path, data=body.replace('"HERE"', value).encode(), headers=JSON)


@pytest.mark.parametrize("field", ["search", "cursor", "limit"])
def test_no_value_of_a_query_breaks_a_search(sender: Sender, field: str) -> None:
    for value in [*NUMBERS, *TEXTS, "%00", "%ff", "%ed%a0%80", "*", "-", '"a" OR "b"', "a*b", "NEAR(a b)", "^a"]:
        sender.send("GET", f"/customers?{field}={value.replace('%', '%25') if len(value) == 1 else value}")


@pytest.mark.parametrize("field", ["date", "service_id", "staff_id"])
def test_no_value_of_a_query_breaks_availability(sender: Sender, field: str) -> None:
    known = {"date": "2026-11-22", "service_id": "1", "staff_id": "1"}
    for value in [*NUMBERS, *TEXTS]:
        sender.send("GET", "/availability", params=known | {field: value})


BODIES = [
    *(b"", b"{", b"nul", b"\x00", b"\xff\xfe", b'\xef\xbb\xbf{"first_name": "a"}', b'"a"', b"[]", b"1", b"null"),
    *(b"[" * 100_000, b'{"a":' * 100_000, b'{"first_name":' + b"[" * 900 + b"]" * 900 + b"}"),
    *(b'{"first_name": "a", "first_name": null}', b'{"first_name": "\xed\xa0\x80"}', b"x" * 5_000_000),
    *('{"first_name": "مینا"}'.encode("utf-16"), '{"first_name": "مینا"}'.encode("utf-8-sig")),
]
TYPES = [
    *("application/json", "application/json; charset=utf-7", "application/json; charset=nonsense", "text/plain", ""),
    *("application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=a", "a/b/c", "\xff"),
]


@pytest.mark.parametrize("path", ["/customers", "/invoices/1/settlement"])
def test_no_body_of_any_type_breaks_a_call(sender: Sender, path: str) -> None:
    for body in BODIES:
        for content_type in TYPES:
            sender.send("POST", path, data=body, headers={"Content-Type": content_type})


ODD_TEXTS = [b"", b"\xff\xfe", b"a" * 101, b"a" * 9000, "کلید".encode(), b"a,b", b'"']


def test_no_header_breaks_a_call(sender: Sender, salon: SmallSalon) -> None:
    lines = [{"service_id": salon.cut, "staff_id": salon.sara}]
    drafted = sender.send("POST", "/invoices", json={"customer_id": salon.zahra, "lines": lines}).json()
    for text in ODD_TEXTS:
        headers = {"Idempotency-Key": text}
        sender.send("POST", f"/invoices/{drafted['id']}/settlement", json={"payments": []}, headers=headers)
        for name in ("Authorization", "Accept", "Accept-Language", "Cookie", "HX-Request", "If-None-Match", "Range"):
            sender.send("GET", "/customers", headers={name: text})
        for scheme in (b"Bearer", b"Basic", b"bearer  "):
            answer = sender.send("GET", "/customers", headers={"Authorization": scheme + b" " + text})
            assert answer.status_code == 401


def test_no_address_or_method_breaks_the_api(sender: Sender) -> None:
    ids = ["0", "-1", "1.5", "a", "9223372036854775807", "9223372036854775808", "9" * 400, "%00", "%ff", "../1"]
    for key in ids:
        for path in (f"/customers/{key}/wallet", f"/invoices/{key}", f"/{key}"):
            assert sender.send("GET", path).status_code in {404, 405}
        sender.send("POST", f"/invoices/{key}/settlement", json={"payments": []})
        sender.send("POST", f"/customers/{key}/cards", json={"raw": ";636294169881005271827?"})
        sender.send("GET", f"/messages?customer_id={key}")
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        assert sender.send(method, "/customers").status_code == 405


def test_what_is_hardly_http_is_refused(sender: Sender) -> None:
    for request in (
        b"GET /api/v1/health HTTP/9.9\r\n\r\n",
        b"GET /api/v1/\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /api/v1/swipes HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/v1/swipes HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\nHost: \xff\xfe\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n",
    ):
        assert b" 5" not in sender.send_raw(request)[:12]


def test_a_swipe_that_holds_what_no_card_holds_is_unreadable(sender: Sender) -> None:
    for raw in ("\ud800", "%B\0?", ";١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦=?"):
        answer = sender.send("POST", "/swipes", data=json.dumps({"raw": raw}), headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (422, "card_unreadable")
