"""What customers owed and had when the books were opened: debts, points, credit, sessions."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from ...catalog.packages.services import past_package
from ...club.packages.services import open_sessions
from ...club.wallet.services import open_balance
from ...core.jalali import local_date, start_of_day
from ...invoices.history.queries import past_invoice_id, says_the_same
from ...invoices.history.rules import PastInvoice, PastLine
from ...invoices.history.services import record_opening_debt, record_past_invoice
from ...ledger.models import AccountKind, Unit
from ...ledger.queries import posted_under
from ...setup.services import ensure_fiscal_year
from ..errors import amount_not_positive, code_repeated, import_changed, value_missing
from ..rows.rules import Field, Row
from ..rules import Books, Bundle, Did, Kind, Plan, Stored, plan_rows, without_repeats


@dataclass(frozen=True)
class OpeningFact:
    """An amount a customer begins with: rials, or points. `count`: which of several of hers in the file."""

    customer_code: str
    customer_id: int
    amount: int
    day: date
    expires_at: datetime | None
    reference: str
    count: int = 1


@dataclass(frozen=True)
class SessionsFact:
    """Sessions a customer has left of a service, and what of their price older software has not counted as sold."""

    customer_code: str
    customer_id: int
    service_id: int
    service: str
    sessions: int
    worth: int  # rials
    usable_until: date | None


def _fact(row: Row, books: Books, amount: int | None, otherwise_on: date) -> OpeningFact:
    code = row.needed_code("customer")
    if amount is None:
        raise value_missing(row.labels["amount"])
    if amount <= 0:
        raise amount_not_positive(row.text("amount"))
    until = row.day("expires_on")
    return OpeningFact(
        customer_code=code,
        customer_id=books.customer(code),
        amount=amount,
        day=row.day("date") or otherwise_on,
        expires_at=start_of_day(until + timedelta(days=1)) if until else None,  # good to the day's last second
        reference=row.code("reference"),
    )


def _counted(plan: Plan[OpeningFact]) -> Plan[OpeningFact]:
    """Tell several amounts of one customer apart, by their reference or by their order."""
    seen: Counter[tuple[str, str]] = Counter()
    bundles = []
    for bundle in plan.bundles:
        whose = (bundle.fact.customer_code, bundle.fact.reference)
        seen[whose] += 1
        bundles.append(Bundle(bundle.lines, replace(bundle.fact, count=seen[whose])))
    plan.bundles = bundles
    return plan


def _plan_debts(rows: Sequence[Row], books: Books) -> Plan[OpeningFact]:
    """Debts of unknown days are from before the club began."""
    day = min(local_date(books.now), books.club_starts_on - timedelta(days=1))
    return _counted(plan_rows(rows, lambda row: _fact(row, books, row.amount("amount"), day)))


def _plan_credit(rows: Sequence[Row], books: Books) -> Plan[OpeningFact]:
    today = local_date(books.now)
    return _counted(plan_rows(rows, lambda row: _fact(row, books, row.amount("amount"), today)))


def _plan_points(rows: Sequence[Row], books: Books) -> Plan[OpeningFact]:
    today = local_date(books.now)
    return _counted(plan_rows(rows, lambda row: _fact(row, books, row.whole("amount"), today)))


def _key(fact: OpeningFact, of: str) -> str:
    return f"opening:{of}:{fact.customer_code}:{fact.reference or ''}:{fact.count}"


def _once(fact: OpeningFact, kind: AccountKind, unit: Unit, write: Callable[[str], int]) -> Stored:
    """Post under a key, unless that was done before. Raises Invalid `import_changed` when it was another amount."""
    key = _key(fact, kind.value)
    posted = posted_under(key, kind, unit)
    if posted is None:
        ensure_fiscal_year(fact.day)
        write(key)
        return Stored(Did.ADDED)
    if abs(posted) != fact.amount:
        raise import_changed(fact.customer_code)
    return Stored(Did.UNCHANGED)


def _store_debt(fact: OpeningFact, books: Books) -> Stored:
    """An open invoice: the desk receives it as it receives every debt."""
    past = PastInvoice(
        key=_key(fact, "debt"),
        customer_id=fact.customer_id,
        business_date=fact.day,
        lines=(PastLine(_("ماندهٔ بدهی پیشین"), 1, fact.amount, 0),),
    )
    known = past_invoice_id(past.key)
    if known is None:
        record_opening_debt(past=past, branch_id=books.branch_id, actor_id=books.actor_id, now=books.now)
        return Stored(Did.ADDED)
    if not says_the_same(known, past):
        raise import_changed(fact.customer_code)
    return Stored(Did.UNCHANGED)


def _store_value(fact: OpeningFact, books: Books, kind: AccountKind, unit: Unit) -> Stored:
    def write(key: str) -> int:
        return open_balance(
            branch_id=books.branch_id,
            customer_id=fact.customer_id,
            unit=unit,
            amount=fact.amount,
            valid_from=start_of_day(fact.day),
            expires_at=fact.expires_at,
            business_date=fact.day,
            key=key,
            actor_id=books.actor_id,
            now=books.now,
        )

    return _once(fact, kind, unit, write)


def _store_points(fact: OpeningFact, books: Books) -> Stored:
    return _store_value(fact, books, AccountKind.POINTS, Unit.POINT)


def _store_credit(fact: OpeningFact, books: Books) -> Stored:
    return _store_value(fact, books, AccountKind.CLUB_CREDIT, Unit.RIAL)


def _sessions(row: Row, books: Books) -> SessionsFact:
    code, sessions = row.needed_code("customer"), row.whole("sessions")
    if sessions is None:
        raise value_missing(row.labels["sessions"])
    service, worth = books.service(row.text("service")), row.amount("amount") or 0
    if worth < 0:
        raise amount_not_positive(row.text("amount"))
    owner = books.customer(code)
    return SessionsFact(code, owner, service.id, service.name, sessions, worth, row.day("expires_on"))


def _plan_sessions(rows: Sequence[Row], books: Books) -> Plan[SessionsFact]:
    plan = plan_rows(rows, lambda row: _sessions(row, books))
    return without_repeats(plan, lambda fact: f"{fact.customer_code}/{fact.service_id}", code_repeated)


def _store_sessions(fact: SessionsFact, books: Books) -> Stored:
    key = f"opening:sessions:{fact.customer_code}:{fact.service_id}"
    open_sessions(
        customer_id=fact.customer_id,
        service_id=fact.service_id,
        sessions=fact.sessions,
        key=key,
        actor=books.actor,
        now=books.now,
    )
    past = _past_sessions(fact, key, books)
    known = past_invoice_id(key)
    if known is None:
        record_past_invoice(past=past, branch_id=books.branch_id, actor_id=books.actor_id, now=books.now)
        return Stored(Did.ADDED)
    if not says_the_same(known, past):
        raise import_changed(fact.customer_code)
    return Stored(Did.UNCHANGED)


def _past_sessions(fact: SessionsFact, key: str, books: Books) -> PastInvoice:
    """A package that was paid before: the till uses its sessions visit by visit, as those that it sold itself.

    Each visit is revenue then, of what the file says that its session is worth; sessions that older software has
    counted as sold already are worth nothing here.
    """
    sessions = PastLine(
        fact.service,
        fact.sessions,
        fact.worth,
        0,
        service_id=fact.service_id,
        package_id=past_package(actor=books.actor, now=books.now),
        usable_until=fact.usable_until,
    )
    return PastInvoice(key, fact.customer_id, local_date(books.now), (sessions,))


_CUSTOMER = Field("customer", ("کد اشتراک", "کد مشتری", "مشتری"), required=True)
_DAY = Field("date", ("تاریخ",))
_UNTIL = Field("expires_on", ("تاریخ انقضا", "انقضا"))
_REFERENCE = Field("reference", ("شماره سند", "شماره"))

DEBTS = Kind(
    "opening-debts",
    (_CUSTOMER, Field("amount", ("بدهی", "مبلغ", "مانده"), required=True), _DAY, _REFERENCE),
    _plan_debts,
    _store_debt,
)
POINTS = Kind(
    "opening-points",
    (_CUSTOMER, Field("amount", ("امتیاز", "مانده"), required=True), _DAY, _UNTIL, _REFERENCE),
    _plan_points,
    _store_points,
)
CREDIT = Kind(
    "opening-credit",
    (_CUSTOMER, Field("amount", ("اعتبار", "مبلغ", "مانده"), required=True), _DAY, _UNTIL, _REFERENCE),
    _plan_credit,
    _store_credit,
)
SESSIONS = Kind(
    "opening-sessions",
    (
        _CUSTOMER,
        Field("service", ("کد خدمت", "خدمت"), required=True),
        Field("sessions", ("جلسه باقی‌مانده", "جلسه", "مانده"), required=True),
        Field("amount", ("ارزش جلسه‌ها", "پیش‌پرداخت", "مبلغ")),
        _UNTIL,
    ),
    _plan_sessions,
    _store_sessions,
)
