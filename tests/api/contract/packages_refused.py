"""One request for each code by which packages and their sessions are refused."""

from collections.abc import Callable
from datetime import timedelta

from salon.catalog.packages.services import PackageSpec, add_package
from salon.core import clock
from salon.core.db import transaction
from salon.invoices.queries import invoice
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from tests.factories import pay_cash

from .till import Asked, Till

NOBODY = 999_999
SETTLEMENT = "POST /invoices/{invoice_id}/settlement"


def _series(till: Till, days_ago: int = 0) -> int:
    """The line of one session, good for a day, that Zahra bought so many days ago."""
    then = clock.now() - timedelta(days=days_ago)
    spec = PackageSpec(f"بستهٔ {days_ago}", 400_000, 1, ((till.salon.cut, 1),))
    with transaction():
        package_id = add_package(spec=spec, actor=None, now=then)
        sale = draft(
            branch_id=till.salon.branch_id,
            customer_id=till.salon.zahra,
            lines=[LineSpec(package_id=package_id)],
            actor_id=None,
            now=then,
        )
    pay_cash(till.salon, then, sale, 400_000, f"series-{days_ago}")
    return invoice(sale).lines[0].id


def _used_up(till: Till) -> Asked:
    session = till.session(_series(till))
    till.got(till.settlement(till.drafted(session)))
    return till.draft(session)


def _used_up_meanwhile(till: Till) -> Asked:
    session = till.session(_series(till))
    waiting = till.drafted(session)
    till.got(till.settlement(till.drafted(session)))
    return till.settlement(waiting)


def _over_meanwhile(till: Till) -> Asked:
    series = _series(till, days_ago=2)
    line = LineSpec(series_line_id=series, staff_id=till.salon.sara)
    with transaction():
        waiting = draft(
            branch_id=till.salon.branch_id,
            customer_id=till.salon.zahra,
            lines=[line],
            actor_id=None,
            now=clock.now() - timedelta(days=2),
        )
    return till.settlement(waiting)


PACKAGES_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    ("POST /invoices", "package_unknown"): lambda till: till.draft({"package_id": NOBODY}),
    ("POST /invoices", "redo_unknown"): lambda till: till.draft(till.line(redo_line_id=NOBODY)),
    ("POST /invoices", "series_unknown"): lambda till: till.draft(till.session(NOBODY)),
    ("POST /invoices", "package_used_up"): _used_up,
    ("POST /invoices", "package_expired"): lambda till: till.draft(till.session(_series(till, days_ago=2))),
    (SETTLEMENT, "package_used_up"): _used_up_meanwhile,
    (SETTLEMENT, "package_expired"): _over_meanwhile,
}
