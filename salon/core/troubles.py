"""Troubles of the machine that pass: a busy or lost database, a full disk. None of them is a fault of the program."""

import errno
import sqlite3
from collections.abc import Iterator

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from .errors import DomainError, OutOfSpace, Unavailable

log = structlog.get_logger(__name__)

BUSY = Unavailable(
    "database_busy", _l("پایگاه داده اکنون سرگرم کار دیگری است و چیزی ذخیره نشد؛ اندکی بعد دوباره بفرستید.")
)
FULL = OutOfSpace("disk_full", _l("دیسک پر است و چیزی ذخیره نشد؛ جا باز کنید و دوباره بفرستید."))
AWAY = Unavailable(
    "database_away", _l("پایگاه داده در دسترس نیست؛ اندکی بعد صفحه را تازه کنید و ببینید چه ثبت شده است.")
)

# The primary result codes of SQLite (sqlite.org/rescode.html) and one extended one: no room for its index of the log.
_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: FULL,
    sqlite3.SQLITE_IOERR: AWAY,
    sqlite3.SQLITE_CANTOPEN: AWAY,
    sqlite3.SQLITE_READONLY: AWAY,
}
# The states of PostgreSQL (appendix A of its manual), else their classes.
_POSTGRESQL = {
    "55P03": BUSY,  # a row stayed locked
    "40001": BUSY,
    "40P01": BUSY,  # a deadlock, which this transaction lost
    "53300": BUSY,  # no connection free
    "53100": FULL,
    "08": AWAY,
    "57": AWAY,  # shut down by its operator
    "58": AWAY,
}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def trouble_of(error: BaseException) -> DomainError | None:
    """The trouble behind an error, told to the log, or None when the error is a fault."""
    for cause in _causes_of(error):
        if isinstance(cause, Unavailable | OutOfSpace):
            return cause
        trouble = _meaning_of(cause)
        if trouble is not None:
            log.error(trouble.code, said=str(getattr(cause, "orig", cause)).strip())
            return trouble.again()
    return None


def _causes_of(error: BaseException) -> Iterator[BaseException]:
    """The error and what it followed: a full disk also takes away the savepoint that is then to be left."""
    met: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in met:
        met.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _meaning_of(error: BaseException) -> DomainError | None:
    if isinstance(error, NoConnectionFree):
        return BUSY
    if isinstance(error, OSError):
        return FULL if error.errno in _NO_ROOM else None
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE.get(code) or _SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    return AWAY if isinstance(error, OperationalError) or error.connection_invalidated else None
