"""How a call of the API is declared: what it takes, what it gives, and every code that it refuses by."""

from collections.abc import Mapping
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema

from .problems import AUTHENTICATE, PROBLEM_JSON, BodyParser

DESCRIPTIONS = {
    400: "The body can't be read.",
    401: "Nobody is known by this token.",
    403: "The user may not do this.",
    404: "There is no such thing.",
    409: "The state of the salon refuses it.",
    413: "The body is too large.",
    415: "The body is not of type application/json.",
    422: "A value can't be so.",
    500: "A fault of the program, logged under the reference.",
    503: "The database can't be written at the moment; ask again.",
    507: "The disk is full.",
}
TROUBLES = {"database_busy": 503, "database_away": 503, "disk_full": 507}
ALWAYS = {"unauthenticated": 401, "not_permitted": 403, "fault": 500, **TROUBLES}
OF_BODIES = {"bad_request": 400, "too_large": 413, "unsupported_media_type": 415}
_CHALLENGE = {"WWW-Authenticate": {"required": True, "schema": {"const": AUTHENTICATE}}}


class Calls(Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """The calls about one subject, under /api/v1."""

    ARGUMENTS_PARSER = BodyParser()

    def __init__(self, subject: str, module: str, description: str) -> None:
        super().__init__(f"api_{subject}", module, url_prefix="/api/v1", description=description)

    def takes(self, schema: type[Schema], location: str = "json", example: Any = None) -> Any:
        """The arguments of a call; a value that its schema doesn't allow is `invalid`."""

        def declare(view: Any) -> Any:
            if location == "json":
                view = self.refuses(OF_BODIES)(view)
            return self.arguments(schema(), location=location, example=example)(view)

        return declare

    def answers(self, status: int, schema: type[Schema], **refusals: int) -> Any:
        """The answer of a call, and the status of each code of a refusal."""

        def declare(view: Any) -> Any:
            return self.response(status, schema)(self.refuses(ALWAYS | refusals)(view))

        return declare

    def refuses(self, refusals: Mapping[str, int]) -> Any:
        """The status of each code by which a call may refuse."""

        def declare(view: Any) -> Any:
            for status in sorted(set(refusals.values())):
                described = self.alt_response(
                    status,
                    schema=_problem_schema(status, sorted(code for code in refusals if refusals[code] == status)),
                    content_type=PROBLEM_JSON,
                    description=DESCRIPTIONS[status],
                    headers=_CHALLENGE if status == 401 else None,
                )(view)
                view._apidoc = described._apidoc  # the words alone: a wrapper for each status would slow every call
            return view

        return declare


def _problem_schema(status: int, codes: list[str]) -> dict[str, Any]:
    """The problem with one of these codes."""
    told = {"status": {"const": status}, "code": {"enum": codes}}
    return {"allOf": [{"$ref": "#/components/schemas/Problem"}, {"properties": told}]}
