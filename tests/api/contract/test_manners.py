"""What holds for every address under /api, whatever is asked there."""

import re
from itertools import product
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from salon.core.permissions import public

from .table import CALLS
from .test_answers import check
from .till import Asked, Till

PATHS = sorted({re.sub("{[a-z_]+}", "1", call.path) for call in CALLS})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def allowed_at(path: str) -> set[str]:
    """The methods that an address has."""
    there = {call.method for call in CALLS if path == re.sub("{[a-z_]+}", "1", call.path)}
    return there | {"OPTIONS"} | ({"HEAD"} if "GET" in there else set())


def test_a_method_that_an_address_has_not_is_told_with_those_that_it_has(till: Till) -> None:
    for path, method in product(PATHS, METHODS):
        answer = till.send(Asked(method, path))
        if method in allowed_at(path):
            assert answer.status_code not in {405, 500}
        elif method == "HEAD":
            assert (answer.status_code, answer.data) == (405, b"")
        else:
            check(answer, 405, "method_not_allowed")
        if method == "OPTIONS" or answer.status_code == 405:
            assert set(answer.headers["Allow"].split(", ")) == allowed_at(path)


def test_head_tells_what_get_would_without_saying_it(till: Till) -> None:
    told, said = till.send(Asked("HEAD", "/staff")), till.send(Asked("GET", "/staff"))
    assert (told.status_code, told.content_type, told.data) == (200, said.content_type, b"")
    till.token = ""
    assert till.send(Asked("HEAD", "/staff")).status_code == 401


def test_an_address_that_is_not_there_is_not_found_for_whoever_asks(till: Till) -> None:
    for path in ("/", "", "/customer", "/customers/", "/customers//wallet", "/customers/1/wallet/", "/../v2/health"):
        for method in ("GET", "POST"):
            check(till.send(Asked(method, path)), 404, "not_found")
    till.token = ""
    check(till.send(Asked("GET", "/customer")), 404, "not_found")


def test_an_id_that_no_row_can_have_is_not_found(till: Till) -> None:
    for key in ("0", str(2**63 - 1)):
        check(till.send(Asked("GET", f"/customers/{key}/wallet")), 404, "customer_unknown")
    for key in ("-1", "1.0", str(2**63), "9" * 400, "%00", "١x"):
        check(till.send(Asked("GET", f"/customers/{key}/wallet")), 404, "not_found")


def test_too_many_requests_are_told_when_to_come_again(till: Till, app: Flask) -> None:
    @public
    def refuse() -> Any:
        raise TooManyRequests(retry_after=60)

    app.view_functions["api_health.health"] = refuse
    answer = till.send(Asked("GET", "/health"))
    check(answer, 429, "too_many_requests")
    assert answer.headers["Retry-After"] == "60"


def test_a_fault_has_a_number_that_the_log_has_too(till: Till, app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    @public
    def breaks() -> Any:
        raise ZeroDivisionError

    app.view_functions["api_health.health"] = breaks
    answer = till.send(Asked("GET", "/health"))
    check(answer, 500, "fault")
    written = capsys.readouterr().out
    assert answer.json["reference"] in written
    assert "ZeroDivisionError" in written


def test_a_moment_without_an_offset_is_the_salons_own_time(till: Till) -> None:
    own = till.got(till.booking(starts_at=f"{till.tomorrow()}T10:00:00"))
    assert own["starts_at"] == f"{till.tomorrow()}T06:30:00+00:00"
    elsewhere = till.got(till.booking(starts_at=f"{till.tomorrow()}T13:00:00+03:00"))
    assert elsewhere["items"][0]["starts_at"] == f"{till.tomorrow()}T10:00:00+00:00"


def test_a_number_may_be_written_as_json_allows(till: Till) -> None:
    raw = b'{"payments": [{"method": "cash", "amount": 4.5e5}], "credit": 0.0}'
    answer = till.send(till.settlement(till.drafted()), data=raw, content_type="application/json")
    assert (answer.status_code, answer.json["paid"]) == (200, 450_000)


def test_text_of_any_letters_comes_back_as_it_is_kept(till: Till) -> None:
    let_in = till.got(till.customer(first_name="  كيميا\u0000 ", last_name="نـ💅 O'Hara", note="یک\nدو"))
    assert (let_in["first_name"], let_in["note"]) == ("کیمیا", "یک\nدو")
    assert "💅 O'Hara" in let_in["last_name"]


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_every_spelling_of_json_is_read(till: Till, kind: str) -> None:
    asked = till.customer()
    body = '{"first_name": "مینا", "last_name": ""}'.encode()
    assert till.send(asked, data=body, content_type=kind).status_code == 201


@pytest.mark.parametrize("kind", ["", "text/json", "application/x-www-form-urlencoded", "multipart/form-data", "a/b"])
def test_a_form_or_a_text_settles_nothing(till: Till, kind: str) -> None:
    asked = till.settlement(till.drafted())
    check(till.send(asked, data=b'{"payments": []}', content_type=kind), 415, "unsupported_media_type")
    assert till.got(Asked("GET", "/messages"))["items"] == []
    assert till.got(asked)["status"] == "open"


def test_lists_come_page_by_page_and_each_row_once(till: Till) -> None:
    for number in range(5):
        till.got(till.customer(first_name=f"مشتری {number}"))
        till.got(till.settlement(till.drafted(), 1_000 + number))
    for path, rows in (("/customers", 6), ("/messages", 5)):
        seen: list[int] = []
        cursor = ""
        while True:
            page = till.got(Asked("GET", f"{path}?limit=2{cursor}"))
            assert len(page["items"]) <= 2
            seen += [row["id"] for row in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert len(seen) == len(set(seen)) == rows
        assert seen == sorted(seen, reverse=path == "/messages")
        assert till.got(Asked("GET", f"{path}?limit={rows}"))["next"] is None
