"""Refusals: what the salon says no to, in a sentence for the person at the desk."""

from http import HTTPStatus
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from .text import persian_digits


class DomainError(Exception):
    """A refusal with a stable `code`, a Persian sentence and maybe the field it concerns.

    `status` is the HTTP status the API answers with; forms always answer 422.
    """

    status = HTTPStatus.CONFLICT

    def __init__(self, code: str, sentence: str | LazyString, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence  # a lazy one waits for the language of whoever reads it
        self.field = field

    @property
    def facts(self) -> dict[str, Any]:
        """What a program may go by beside the code; nothing, unless a refusal has more to say."""
        return {}

    @property
    def message(self) -> str:
        """The sentence, in the language of this moment."""
        return str(self.sentence)

    def __str__(self) -> str:
        return self.message

    def again(self) -> Self:
        """The same refusal, fresh to be raised."""
        return type(self)(self.code, self.sentence, self.field)


class Invalid(DomainError):
    """What was typed cannot be so (422)."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotFound(DomainError):
    """What was asked for is not there (404)."""

    status = HTTPStatus.NOT_FOUND


class Expired(DomainError):
    """What was sent belongs to a page that is no longer good (400)."""

    status = HTTPStatus.BAD_REQUEST


class Forbidden(DomainError):
    """The user may not do this (403)."""

    status = HTTPStatus.FORBIDDEN


class Unauthenticated(DomainError):
    """Nobody is logged in, or the token is unknown (401)."""

    status = HTTPStatus.UNAUTHORIZED


class Unavailable(DomainError):
    """What it needs can't be had at the moment; asked again later it may go (503)."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class OutOfSpace(DomainError):
    """There is no room to keep it (507)."""

    status = HTTPStatus.INSUFFICIENT_STORAGE


def text_long(most: int, field: str) -> Invalid:
    """A text that its column cannot keep whole."""
    sentence = _("بیش از %(most)s حرف است؛ کوتاه‌تر بنویسید.", most=persian_digits(str(most)))
    return Invalid("text_long", sentence, field)


def key_reused() -> Invalid:
    """A key that another request was sent under."""
    return Invalid("key_reused", _l("این کلید پیش‌تر برای درخواست دیگری به کار رفته است."), "idempotency_key")


def dates_reversed(field: str = "to") -> Invalid:
    """Days that end before they begin."""
    return Invalid("dates_reversed", _("پایان دوره پیش از آغاز آن است."), field)


def name_missing(field: str = "name") -> Invalid:
    """Something or somebody that nobody could name."""
    return Invalid("name_missing", _("نام را بنویسید."), field)


def mobile_invalid() -> Invalid:
    """No mobile number, however it is read."""
    return Invalid("mobile_invalid", _("شمارهٔ موبایل درست نیست؛ مانند ۰۹۱۲۱۲۳۴۵۶۷ بنویسید."), "mobile")
