"""One good request for each call about statements of pay; what it needs is done before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date, month_range
from salon.setup.queries import default_branch
from salon.staff.models import PayScheme

from .till import Asked, Till


def scheme(till: Till, kind: str = "percent", **said: Any) -> None:
    """Negar is paid forty percent, from the beginning of the month on, unless said otherwise."""
    begins = month_range(local_date(clock.now()))[0]
    terms = {"percent_bp": 4_000, "starts_on": begins, "staff_id": till.salon.negar} | said
    with transaction():
        db.session.add(PayScheme(name="الگو", kind=kind, created_at=clock.now(), **terms))


def statement(till: Till, first: date | None = None, before: date | None = None, key: str = "", **more: Any) -> Asked:
    """The month so far is approved, of Negar."""
    today = local_date(clock.now())
    body = {"from": str(first or month_range(today)[0]), "to": str(before or today + timedelta(days=1))}
    staff_id = more.pop("staff_id", till.salon.negar)
    return Asked("POST", f"/staff/{staff_id}/statements", body | more, {"Idempotency-Key": key} if key else None)


def payment(till: Till, amount: int = 100_000, key: str = "", **more: Any) -> Asked:
    """Negar is paid out of the till."""
    staff_id = more.pop("staff_id", till.salon.negar)
    body = {"amount": amount, "cashbox_id": till.box()}
    return Asked("POST", f"/staff/{staff_id}/payments", body | more, {"Idempotency-Key": key} if key else None)


def earned(till: Till, staff_id: int = 0) -> None:
    """Negar, unless somebody else is named, has earned 180,000 by a haircut."""
    assert default_branch().id == till.salon.branch_id
    person = staff_id or till.salon.negar
    scheme(till, staff_id=person)
    till.sold(till.line(staff_id=person, unit_price=450_000))


def approved(till: Till) -> None:
    """What she has earned is approved."""
    earned(till)
    till.got(statement(till))


def _statement_read(till: Till) -> Asked:
    earned(till)
    today = local_date(clock.now())
    days = f"from={month_range(today)[0]}&to={today + timedelta(days=1)}"
    return Asked("GET", f"/staff/{till.salon.negar}/statement?{days}")


def _statement_approved(till: Till) -> Asked:
    earned(till)
    return statement(till, key="statement-1")


def _paid(till: Till) -> Asked:
    """Sara is paid, as Negar's statement may be approved next."""
    sara = till.salon.sara
    earned(till, sara)
    till.got(statement(till, staff_id=sara))
    return payment(till, 180_000, key="payment-1", staff_id=sara)


PAY_GOOD: dict[str, Callable[[Till], Asked]] = {
    "GET /staff/{staff_id}/statement": _statement_read,
    "POST /staff/{staff_id}/statements": _statement_approved,
    "POST /staff/{staff_id}/payments": _paid,
}
