"""Each call of the table, asked for good and for each code of a refusal, answers as the table says."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from salon.core.permissions import Permission
from salon.core.troubles import AWAY, BUSY, FULL
from tests.api.problems import check_refusal

from .call import Call
from .good import GOOD
from .kinds import differences
from .refused import IN_CLOSED_YEAR, REFUSED, SETTLEMENT, beyond_the_ceiling
from .table import BY_NAME, CALLS, REFUSALS
from .till import Asked, Till


def check(answer: TestResponse, status: int, code: str) -> None:
    """The answer is a problem of this status and code, and nothing but a problem."""
    assert answer.status_code == status, answer.text
    check_refusal(answer.status_code, answer.content_type, answer.data, faults=status >= 500)
    problem = answer.json
    assert problem["code"] == code, answer.text
    optional = {"field"} & problem.keys() | ({"reference"} if code == "fault" else set())
    optional |= {"nearest"} if code == "slot_taken" else set()  # when it would fit
    assert problem.keys() == {"type", "title", "status", "detail", "code"} | optional
    assert (answer.headers.get("WWW-Authenticate") == "Bearer") == (status == 401)
    assert ("Retry-After" in answer.headers) == (status in {429, 503})


def test_every_call_and_every_code_of_the_table_is_asked_for() -> None:
    assert list(GOOD) == list(BY_NAME)
    assert {(str(call), code) for call, code in REFUSALS} == REFUSED.keys()


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_good_call_gives_what_is_promised_and_nothing_else(till: Till, call: Call) -> None:
    asked = GOOD[str(call)](till)
    answer = till.send(asked)
    assert answer.status_code == call.status, answer.text
    assert answer.content_type == "application/json"
    assert list(differences(call.answer, answer.json)) == []


@pytest.mark.parametrize(("call", "code"), REFUSALS, ids=str)
def test_what_the_salon_refuses_has_its_status_and_code(till: Till, call: Call, code: str) -> None:
    check(till.send(REFUSED[str(call), code](till)), call.refuses[code], code)


@pytest.mark.parametrize("name", IN_CLOSED_YEAR)
def test_a_closed_year_is_told_by_the_code_of_a_closed_period(till: Till, name: str) -> None:
    answer = till.send(IN_CLOSED_YEAR[name](till))
    check(answer, 409, "period_closed")
    assert "سال مالی" in answer.json["detail"]


def test_credit_beyond_the_share_of_an_invoice_is_refused_though_she_has_it(till: Till) -> None:
    check(
        till.send(beyond_the_ceiling(till)), BY_NAME[SETTLEMENT].refuses["credit_exceeds_limit"], "credit_exceeds_limit"
    )


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_what_many_calls_refuse_by_is_refused_by_each(
    till: Till, app: Flask, allow: Callable[[set[str]], None], call: Call
) -> None:
    asked = GOOD[str(call)](till)
    shared = {code: status for code, status in call.all_refusals.items() if code not in call.refuses}
    ways: dict[str, Callable[[], TestResponse]] = {
        "bad_request": lambda: till.send(asked, data=b'{"', content_type="application/json"),
        "unsupported_media_type": lambda: till.send(asked, data=b"{}", content_type="text/plain"),
        "too_large": lambda: till.send(asked, data=b" " * (4 * 1024 * 1024 + 1), content_type="application/json"),
        "invalid": lambda: till.send(_misshapen(asked)),
        "not_found": lambda: till.send(Asked(asked.method, re.sub(r"/\d+", "/x", asked.path), asked.body)),
        "not_permitted": lambda: _by_one_who_may_all_but(till, allow, call, asked),
        "unauthenticated": lambda: _by_nobody(till, asked),
        "fault": lambda: _broken(till, app, call, ZeroDivisionError()),
        **{trouble.code: partial(_broken, till, app, call, trouble) for trouble in (BUSY, AWAY, FULL)},
    }
    for code, way in ways.items():
        if code in shared:
            check(way(), shared.pop(code), code)
    assert shared == {}


def _misshapen(asked: Asked) -> Asked:
    if asked.method == "GET":
        return Asked("GET", asked.path.partition("?")[0] + "?limit=0&date=today&from=today&kind=gold")
    return Asked(asked.method, asked.path, asked.body | {"another": 1}, asked.headers)


def _by_one_who_may_all_but(till: Till, allow: Callable[[set[str]], None], call: Call, asked: Asked) -> TestResponse:
    allow({permission.value for permission in Permission} - {str(call.permission)})
    return till.send(asked)


def _by_nobody(till: Till, asked: Asked) -> TestResponse:
    till.token = ""
    return till.send(asked)


def _broken(till: Till, app: Flask, call: Call, error: Exception) -> TestResponse:
    """The answer while this call runs into an error."""
    urls = app.url_map.bind("localhost")
    path = "/api/v1" + re.sub("{[a-z_]+}", "1", call.path)
    endpoint, _ = urls.match(path, call.method)
    view = app.view_functions[endpoint]

    def breaks(*args: Any, **named: Any) -> None:
        raise error

    breaks.salon_public = True  # type: ignore[attr-defined]  # whoever asks, it is to break
    app.view_functions[endpoint] = breaks
    answer = till.client.open(path, method=call.method, headers={"Authorization": f"Bearer {till.salon.token}"})
    app.view_functions[endpoint] = view
    return answer
