"""Refusals as problem+json (RFC 9457)."""

from typing import Any

from flask import Request, Response, abort, json
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_smorest import Api
from flask_smorest.utils import prepare_response
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException

from ..core.errors import DomainError

PROBLEM_JSON = "application/problem+json"
SENTENCES = {
    400: ("bad_request", lazy_gettext("درخواست خوانا نیست؛ بدنهٔ آن باید JSON درست باشد.")),
    401: ("unauthenticated", lazy_gettext("نخست وارد شوید یا کلید دسترسی (token) درست بفرستید.")),
    403: ("forbidden", lazy_gettext("اجازهٔ این کار را ندارید.")),
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

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    field = fields.String()
    reference = fields.String()


def problem(status: int, code: str, sentence: str, field: str | None = None, **more: str) -> Response:
    """A problem+json answer."""
    body: dict[str, Any] = {"type": "about:blank", "title": code, "status": status, "detail": sentence, "code": code}
    if field:
        body["field"] = field
    return Response(json.dumps(body | more), status=status, content_type=PROBLEM_JSON)


def problem_of(error: DomainError) -> Response:
    """The answer to a refusal."""
    return problem(int(error.status), error.code, str(error.message), error.field)


class BodyParser(FlaskParser):
    """Reads JSON; what only Python can't read (nested without end, numbers of thousands of digits) is bad too."""

    DEFAULT_VALIDATION_STATUS = 422

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body. Aborts with 400 when it can't be read."""
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError):
            abort(400)


class ProblemApi(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """The API, answering every HTTP error with a problem instead of a page."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = "PROBLEM"

    def _register_error_handlers(self) -> None:
        """The application decides by path who gets a page and who a problem."""

    def _register_responses(self) -> None:
        """Describe what no call names (405, 413…) as the problem that it is."""
        super()._register_responses()
        refusal = {"description": "The request can't be served.", "schema": self.ERROR_SCHEMA}
        prepare_response(refusal, self.spec, PROBLEM_JSON)
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, refusal, lazy=True)


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
