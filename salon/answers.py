"""What people and programs are answered when something is refused or breaks: problem+json, a page or a toast."""

import uuid
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, make_response, request
from werkzeug.exceptions import HTTPException

from .access.views import ask_nobody
from .api.problems import SENTENCES, fault, problem_of, problem_of_http
from .api.views import is_api
from .core.db import db
from .core.errors import DomainError
from .core.pages import first_room, is_htmx, page, toast, wants_json
from .core.troubles import trouble_of

log = structlog.get_logger()


def answer_errors(app: Flask) -> None:
    """Give every refusal and every bug its answer: problem+json to the API, a page or a toast to people."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failed)


def _refused(error: DomainError) -> Response:
    if is_api(request.path):
        return problem_of(error)
    return _refusal_page(error.message, int(error.status), code=error.code, field=error.field)


def _http_error(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response  # somebody has answered already, as the login page does
    if is_api(request.path):
        return problem_of_http(error)
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=error.get_headers())
    code, sentence = SENTENCES.get(status, SENTENCES[400])
    return _refusal_page(str(sentence), status, code=code)


def _failed(error: Exception) -> Response:
    trouble = trouble_of(error)
    if trouble is not None:
        db.session.rollback()
        ask_nobody()  # the page would look her up where nothing can be looked up
        return _refused(trouble)
    reference = uuid.uuid4().hex[:12]
    log.error("fault", reference=reference, exc_info=error)
    if is_api(request.path):
        return fault(reference)
    return _refusal_page(f"{SENTENCES[500][1]} ({reference})", 500)


def _refusal_page(sentence: str, status: int, **more: str | None) -> Response:
    """A page for a whole screen; a toast where a part of one is asked for; JSON with `more` where a script reads it."""
    if is_htmx():
        return toast(Response(status=status), sentence, "bad")
    if wants_json():
        return make_response({"detail": sentence} | more, status)
    on = first_room() if status == HTTPStatus.FORBIDDEN else None
    return page("error.html", status, sentence=sentence, on=on, before=_page_before())


def _page_before() -> str | None:
    """The page of this salon on which she pressed what was refused, if her browser says so."""
    came_from = urlsplit(request.referrer or "")
    if request.method != "POST" or came_from.netloc != request.host:
        return None
    return came_from._replace(scheme="", netloc="").geturl()
