"""Refusals as problem+json (RFC 9457)."""

from http import HTTPStatus
from threading import Lock
from typing import Any

from flask import Flask, Request, Response, abort, json
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields, missing, validate
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import HTTPException

from ..core.errors import DomainError, Unavailable

RETRY_SECONDS = "5"
PROBLEM_JSON = "application/problem+json"
AUTHENTICATE = "Bearer"  # how to say who asks (RFC 6750)
SENTENCES = {
    400: ("bad_request", lazy_gettext("درخواست خوانا نیست؛ بدنهٔ آن باید JSON درست باشد.")),
    401: ("unauthenticated", lazy_gettext("نخست وارد شوید یا کلید دسترسی (token) درست بفرستید.")),
    403: ("not_permitted", lazy_gettext("اجازهٔ این کار را ندارید.")),
    404: ("not_found", lazy_gettext("چیزی به این نشانی پیدا نشد.")),
    405: ("method_not_allowed", lazy_gettext("این کار روی این نشانی ممکن نیست.")),
    413: ("too_large", lazy_gettext("درخواست بیش از اندازه بزرگ است.")),
    415: ("unsupported_media_type", lazy_gettext("بدنهٔ درخواست باید از نوع application/json باشد.")),
    422: ("invalid", lazy_gettext("یکی از مقدارها درست نیست.")),
    429: ("too_many_requests", lazy_gettext("درخواست‌ها بیش از اندازه است؛ اندکی بعد دوباره امتحان کنید.")),
    500: ("fault", lazy_gettext("خطایی در برنامه رخ داد؛ شمارهٔ پیگیری را به پشتیبان بگویید.")),
}


class ProblemSchema(Schema):
    """A refusal: `code` is stable, `detail` a Persian sentence, `field` what it concerns."""

    type = fields.String(required=True, validate=validate.OneOf(["about:blank"]))
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    field = fields.String()
    reference = fields.String()
    nearest = fields.List(fields.String(metadata={"format": "date-time"}))


def problem(status: int, code: str, sentence: str, field: str | None = None, **more: Any) -> Response:
    """A problem+json answer; its title is the name of the status, as RFC 9457 has it for `about:blank`."""
    title = HTTPStatus(status).phrase
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": sentence, "code": code}
    if field:
        body["field"] = field
    answer = Response(json.dumps(body | more), status=status, content_type=PROBLEM_JSON)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = AUTHENTICATE
    return answer


def problem_of(error: DomainError) -> Response:
    """The answer to a refusal."""
    answer = problem(int(error.status), error.code, str(error.message), error.field, **error.facts)
    if isinstance(error, Unavailable):
        answer.headers["Retry-After"] = RETRY_SECONDS
    return answer


class BodyParser(FlaskParser):
    """Reads JSON and nothing else; a body that is missing is no empty object."""

    DEFAULT_VALIDATION_STATUS = 422

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body. Aborts with 415 when it isn't said to be JSON, with 400 when it can't be read."""
        if not is_json_request(req):
            abort(415)
        try:
            body = super().load_json(req, schema)
        except (RecursionError, ValueError):  # nested without end, numbers of thousands of digits
            abort(400)
        return abort(400) if body is missing else body


class ProblemApi(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """The API, answering every HTTP error with a problem instead of a page."""

    DEFAULT_ERROR_RESPONSE_NAME = None  # each call names every refusal itself

    def __init__(self, app: Flask) -> None:
        self._undescribed: list[Blueprint] = []
        self._describing = Lock()
        super().__init__(app)

    def register_blueprint(self, blp: Blueprint, **options: Any) -> None:
        """Give the calls their addresses. They are described when somebody asks for it: no start waits for that."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._undescribed.append(blp)

    def description(self) -> dict[str, Any]:
        """The whole API as OpenAPI 3.1."""
        with self._describing:
            while self._undescribed:
                calls = self._undescribed.pop(0)
                calls.register_views_in_doc(self, self._app, self.spec, name=calls.name, parameters=None)
                self.spec.tag({"name": calls.name, "description": calls.description})
            described: dict[str, Any] = self.spec.to_dict()
        return described

    def _register_error_handlers(self) -> None:
        """The application decides by path who gets a page and who a problem."""

    def _register_responses(self) -> None:
        """No answers of flask-smorest's own; every problem is of one shape."""
        self.spec.components.schema("Problem", schema=ProblemSchema)


def problem_of_http(error: HTTPException) -> Response:
    """The answer to an HTTP error; a wrong value names its field."""
    status = error.code or 500
    code, sentence = SENTENCES.get(status, SENTENCES[400])
    found = getattr(error, "data", None) or {}
    field = _first_field(found.get("messages"))
    if status == 422 and field:
        sentence = _("مقدار «%(field)s» درست نیست.", field=field)
    answer = problem(status, code, str(sentence), field)
    answer.headers.extend(_kept_headers(error))
    return answer


def fault(reference: str) -> Response:
    """The answer to a bug, with the number under which its trace is logged."""
    code, sentence = SENTENCES[500]
    return problem(500, code, str(sentence), reference=reference)


def _kept_headers(error: HTTPException) -> list[tuple[str, str]]:
    return [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]


def _first_field(messages: Any) -> str | None:
    """The dotted name of the first wrong field in marshmallow's nested messages."""
    names: list[str] = []
    while isinstance(messages, dict) and messages:
        key, messages = next(iter(messages.items()))
        names.append(str(key))
    wanted = [name for name in names[1:] if name != "_schema"]
    return ".".join(wanted) or None
