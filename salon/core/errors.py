"""Refusals: what the salon says no to, in a sentence for the person at the desk."""

from http import HTTPStatus


class DomainError(Exception):
    """A refusal with a stable `code`, a Persian sentence and maybe the field it concerns.

    `status` is the HTTP status the API answers with; forms always answer 422.
    """

    status = HTTPStatus.CONFLICT

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class Invalid(DomainError):
    """What was typed cannot be so (422)."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotFound(DomainError):
    """What was asked for is not there (404)."""

    status = HTTPStatus.NOT_FOUND


class Forbidden(DomainError):
    """The user may not do this (403)."""

    status = HTTPStatus.FORBIDDEN


class Unauthenticated(DomainError):
    """Nobody is logged in, or the token is unknown (401)."""

    status = HTTPStatus.UNAUTHORIZED
