"""Good requests about fiscal years, and one for each code of a refusal."""

from collections.abc import Callable
from datetime import timedelta

from salon.core import clock
from salon.core.db import transaction
from salon.core.jalali import jalali_year, local_date
from salon.setup.services import ensure_fiscal_year
from tests.factories import give_credit

from .till import Asked, Till

NOBODY = 999_999
CLOSE, REOPEN = "POST /fiscal-years/{year_id}/close", "POST /fiscal-years/{year_id}/reopen"


def _this_year() -> int:
    return jalali_year(local_date(clock.now()))


def _id_of(till: Till, year: int) -> int:
    """The id of a year, opened if it is not."""
    with transaction():
        ensure_fiscal_year(local_date(clock.now()))
    known = {row["year"]: row["id"] for row in till.got(Asked("GET", "/fiscal-years"))["items"]}
    return int(known.get(year) or till.got(Asked("POST", "/fiscal-years", {"year": year}))["id"])


def _close(till: Till, year: int = 0, key: str = "") -> Asked:
    """A year is closed, this one unless another is named."""
    address = f"/fiscal-years/{_id_of(till, year or _this_year())}/close"
    return Asked("POST", address, headers={"Idempotency-Key": key} if key else None)


def _reopen(till: Till, year: int = 0, key: str = "", reason: str = "فاکتور جامانده") -> Asked:
    address = f"/fiscal-years/{_id_of(till, year or _this_year())}/reopen"
    return Asked("POST", address, {"reason": reason}, {"Idempotency-Key": key} if key else None)


def _closed(till: Till, asked: Callable[[Till], Asked]) -> Asked:
    """The same, after this year was closed."""
    till.got(_close(till))
    return asked(till)


def _last_year(till: Till) -> int:
    """Last year, of which nothing is pending whatever was asked before."""
    with transaction():
        ensure_fiscal_year(local_date(clock.now() - timedelta(days=366)))
    return _this_year() - 1


def _years(till: Till) -> Asked:
    till.got(_close(till, _last_year(till), key="evening"))
    return Asked("GET", "/fiscal-years")


def _over(till: Till) -> Asked:
    return _close(till, _last_year(till), key="evening")


def _reopened(till: Till) -> Asked:
    till.got(_close(till, _last_year(till), key="evening"))
    return _reopen(till, _this_year() - 1, key="morning")


def _again(till: Till) -> Asked:
    opened = {"year": _this_year() + 2}
    till.got(Asked("POST", "/fiscal-years", opened))
    return Asked("POST", "/fiscal-years", opened)


def _with_draft(till: Till) -> Asked:
    till.drafted()
    return _close(till)


def _after_last_year(till: Till) -> Asked:
    """Last year has something posted and is open."""
    last_year = clock.now() - timedelta(days=366)
    with transaction():
        ensure_fiscal_year(local_date(last_year))
    give_credit(till.salon, last_year, 1_000, "last year")
    return _close(till)


def _before_this_year(till: Till) -> Asked:
    """Last year and this one are closed."""
    till.got(_close(till, _this_year() - 1))
    return _closed(till, lambda of: _reopen(of, _this_year() - 1))


def _key_of_another_year(till: Till) -> Asked:
    till.got(_close(till, _this_year() - 1, "evening"))
    return _close(till, key="evening")


def _key_of_the_closing(till: Till) -> Asked:
    till.got(_close(till, key="evening"))
    return _reopen(till, key="evening")


YEARS_GOOD: dict[str, Callable[[Till], Asked]] = {
    "GET /fiscal-years": _years,
    "POST /fiscal-years": lambda till: Asked("POST", "/fiscal-years", {"year": _this_year() + 1}),
    CLOSE: _over,
    REOPEN: _reopened,
}
YEARS_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    ("POST /fiscal-years", "year_exists"): _again,
    (CLOSE, "year_unknown"): lambda till: Asked("POST", f"/fiscal-years/{NOBODY}/close"),
    (CLOSE, "period_closed"): lambda till: _closed(till, _close),
    (CLOSE, "year_ahead"): lambda till: _close(till, _this_year() + 1),
    (CLOSE, "year_order"): _after_last_year,
    (CLOSE, "year_unready"): _with_draft,
    (CLOSE, "invalid"): lambda till: _close(till, key="k" * 101),
    (CLOSE, "key_reused"): _key_of_another_year,
    (REOPEN, "year_unknown"): lambda till: Asked("POST", f"/fiscal-years/{NOBODY}/reopen", {"reason": "چرا"}),
    (REOPEN, "year_open"): _reopen,
    (REOPEN, "year_order"): _before_this_year,
    (REOPEN, "reason_missing"): lambda till: _closed(till, lambda of: _reopen(of, reason=" ")),
    (REOPEN, "key_reused"): _key_of_the_closing,
}
