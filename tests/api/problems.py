"""What a refusal of the API must be, also for calls that are generated from its description."""

import json
import re

import schemathesis
from schemathesis import Case, CheckContext
from schemathesis.core.transport import Response

PERSIAN = re.compile("[\u0600-\u06ff]")


def check_refusal(status: int, content_type: str, body: bytes, *, faults: bool = False) -> None:
    """No fault, unless one was made; and a refusal says what it is, to programs by its code and to people in Persian."""
    assert status < 500 or faults, body
    if status < 400:
        return
    assert content_type == "application/problem+json", body
    problem = json.loads(body)
    assert problem["status"] == status
    assert re.fullmatch("[a-z_]+", problem["code"])
    assert PERSIAN.search(problem["detail"])


@schemathesis.check
def refusal_is_a_problem(context: CheckContext, response: Response, case: Case) -> None:
    """The same for a generated call."""
    check_refusal(response.status_code, response.headers.get("content-type", [""])[0], response.content)


@schemathesis.check
def what_is_described_is_not_invalid(context: CheckContext, response: Response, case: Case) -> None:
    """The salon may refuse what the description allows, but never as being of the wrong shape."""
    described = case.meta is not None and case.meta.generation.mode.is_positive
    if described and response.status_code == 422:
        assert response.json()["code"] != "invalid", response.text
