"""How refusals and faults are answered to a browser: as a toast, as JSON, or as a page of one sentence."""

import logging
import secrets

from flask import Flask, Response, jsonify, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from .errors import DomainError
from .pages import is_htmx, page, toast, wants_json
from .text import persian_digits

log = logging.getLogger(__name__)


def init_answers(app: Flask) -> None:
    """Register the answers; a blueprint with its own (the API) goes before these."""
    app.register_error_handler(DomainError, refused)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(Exception, _broke)


def refused(error: DomainError) -> Response:
    """A refusal: JSON for scripts, a toast for htmx, else a page with the sentence."""
    return _answer(int(error.status), error.code, error.message, error.field)


def _failed(error: HTTPException) -> Response | HTTPException:
    if error.response is not None:
        return error
    code = error.code or 500
    return _answer(code, f"http_{code}", _sentence_of(code), None)


def _broke(error: Exception) -> Response:
    reference = secrets.token_hex(3)
    log.error("fault %s at %s %s", reference, request.method, request.path, exc_info=error)
    sentence = _("خطایی پیش آمد و چیزی ثبت نشد. شمارهٔ پیگیری: %(reference)s", reference=persian_digits(reference))
    return _answer(500, "fault", sentence, None)


def _sentence_of(code: int) -> str:
    sentences = {
        400: _("صفحه کهنه شده بود؛ یک بار تازه کنید و دوباره بفرستید."),
        403: _("اجازهٔ این کار را ندارید؛ از مدیر سالن بخواهید."),
        404: _("چنین صفحه‌ای نیست."),
        405: _("این کار از این راه نمی‌شود."),
        413: _("آنچه فرستادید زیادی بزرگ است."),
        429: _("چند بار پشت سر هم شد؛ یک دقیقه صبر کنید."),
    }
    sentence: str = sentences.get(code, _("این درخواست انجام نشد."))
    return sentence


def _answer(status: int, code: str, sentence: str, field: str | None) -> Response:
    if is_htmx():
        return toast(Response(status=status), sentence, "bad")
    if wants_json():
        answer = jsonify(code=code, message=sentence, field=field)
        answer.status_code = status
        return answer
    return page("error.html", status, sentence=sentence)
