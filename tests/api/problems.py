"""What a refusal of the API must be, also for calls that are generated from its description."""

import json
import re

import schemathesis
from schemathesis import Case, CheckContext
from schemathesis.core.transport import Response

PERSIAN = re.compile("[\u0600-\u06ff]")
WRONG_METHOD = 405


def check_refusal(status: int, content_type: str, body: bytes) -> None:
    """No fault; and a refusal says what it is, to programs by its code and to people in Persian."""
    assert status < 500, body
    if status < 400:
        return
    assert content_type == "application/problem+json", body
    problem = json.loads(body)
    assert problem["status"] == status
    assert re.fullmatch("[a-z_]+", problem["code"])
    assert PERSIAN.search(problem["detail"])


@schemathesis.check
def refusal_is_a_problem(context: CheckContext, response: Response, case: Case) -> None:
    """The same for a generated call, whose description must name each refusal but that of a wrong method."""
    check_refusal(response.status_code, response.headers.get("content-type", [""])[0], response.content)
    described = case.operation.definition.raw["responses"]
    if response.status_code >= 400 and response.status_code != WRONG_METHOD:
        assert str(response.status_code) in described, "not described"
