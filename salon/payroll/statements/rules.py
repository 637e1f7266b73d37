"""A statement as facts: what it holds, what it comes to, salary and rent of its days. Rials. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from ...core.jalali import month_range
from ...staff.models import PayKind, PayScheme
from ...staff.schemes.rules import Place, Work, clearest, means, part_of_month

DAY = timedelta(days=1)


class What(StrEnum):
    """What moved her account."""

    SHARE = "share"
    TIP = "tip"
    OWN_CARD = "own_card"
    ADVANCE = "advance"
    BONUS = "bonus"
    FINE = "fine"
    SALARY = "salary"
    RENT = "rent"


LABELS = {
    What.SHARE: _l("سهم از کارها"),
    What.TIP: _l("انعام"),
    What.OWN_CARD: _l("پول به کارت خودش"),
    What.ADVANCE: _l("مساعده"),
    What.BONUS: _l("پاداش"),
    What.FINE: _l("جریمه"),
    What.SALARY: _l("حقوق"),
    What.RENT: _l("اجارهٔ صندلی"),
}
# Why a line is hers when she did not do it herself.
ROLES = {"assistant": _l("دستیار"), "head": _l("سهم دستیارش"), "redo": _l("کار مجدد")}
# What is hers, then what she had already or owes; the order of a statement.
ADDED = (What.SHARE, What.TIP, What.SALARY, What.BONUS)
TAKEN = (What.FINE, What.RENT, What.OWN_CARD, What.ADVANCE)
_BY_ENTRY = {
    "pay_share": What.SHARE,
    "sale": What.TIP,
    "advance": What.ADVANCE,
    "bonus": What.BONUS,
    "fine": What.FINE,
}


@dataclass(frozen=True)
class Item:
    """A movement of her account; positive is hers."""

    posting_id: int
    what: What
    amount: int
    day: date
    entry_id: int
    source_kind: str
    source_id: int


@dataclass(frozen=True)
class ShareLine:
    """What a document changed in her pay for a line; a return is another document."""

    invoice_id: int  # the sale, or its return
    line_id: int  # of the sale
    number: int | None
    is_return: bool
    day: date
    title: str
    customer: str
    role: str
    base: int
    share: int


@dataclass(frozen=True)
class Note:
    """What is told of a movement besides its amount, and where its document is."""

    text: str
    invoice_id: int | None = None


@dataclass(frozen=True)
class PeriodPart:
    """Salary or rent of some days of a Jalali month, by one scheme. Rent is negative."""

    scheme_id: int
    kind: str
    name: str
    starts_on: date
    ends_before: date
    amount: int


@dataclass(frozen=True)
class Paid:
    """A payment of a statement, or what took one back (negative)."""

    id: int
    voucher_id: int
    day: date
    box: str
    amount: int
    note: str
    is_reversed: bool


@dataclass(frozen=True)
class Statement:
    """What somebody is paid for some days. `number`: of an approved one, which never changes but for its payments."""

    staff_id: int
    starts_on: date
    ends_before: date
    opening: int
    items: Sequence[Item] = ()
    lines: Sequence[ShareLine] = ()
    parts: Sequence[PeriodPart] = ()
    payments: Sequence[Paid] = ()
    minutes: int = 0  # present
    number: int | None = None
    approved_at: datetime | None = None

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.ends_before - DAY

    def sum_of(self, what: What) -> int:
        """What movements of a kind come to; positive is hers."""
        if what in {What.SALARY, What.RENT}:
            return sum(part.amount for part in self.parts if part.kind == what)
        return sum(item.amount for item in self.items if item.what == what)

    def taken(self, what: What) -> int:
        """What was taken off her by movements of a kind; positive when it was."""
        return -self.sum_of(what)

    @property
    def total(self) -> int:
        """What is due before it is paid; negative when she owes."""
        return self.opening + sum(self.sum_of(what) for what in What)

    @property
    def paid(self) -> int:
        """What was paid of it."""
        return sum(payment.amount for payment in self.payments)

    @property
    def due(self) -> int:
        """What is left to be paid; negative when she owes."""
        return self.total - self.paid

    @property
    def others(self) -> list[Item]:
        """What moved her account besides her work, salary and rent."""
        return [item for item in self.items if item.what not in {What.SHARE, What.SALARY, What.RENT}]


def what_of(kind: str, amount: int) -> What:
    """What an entry of a kind moved her account for. Whatever paid a customer's bill is money that she holds."""
    if kind == "salary":
        return What.SALARY if amount > 0 else What.RENT
    return _BY_ENTRY.get(kind, What.OWN_CARD)


def period_parts(
    schemes: Iterable[PayScheme], staff_id: int, place: Place, starts_on: date, ends_before: date
) -> list[PeriodPart]:
    """Salary and rent of these days: each day by the scheme that means her most clearly, each month in parts of it."""
    known = [scheme for scheme in schemes if scheme.kind in {PayKind.SALARY, PayKind.RENT}]
    if not known:
        return []
    found: list[PeriodPart] = []
    for kind in (PayKind.SALARY, PayKind.RENT):
        of_kind = [scheme for scheme in known if scheme.kind == kind]
        found += _runs(of_kind, staff_id, place, starts_on, ends_before)
    return [part for part in found if part.amount]


def _runs(
    schemes: Sequence[PayScheme], staff_id: int, place: Place, starts_on: date, ends_before: date
) -> Iterable[PeriodPart]:
    """The parts of one kind, day after day joined as long as the scheme stays the same within a month."""
    by_number = {scheme.id: scheme for scheme in schemes}
    for first, before in _months(starts_on, ends_before):
        run: PeriodPart | None = None
        for day in _days(first, before):
            work = Work(staff_id, day, level_id=place.level_id, line_ids=place.line_ids)
            scheme = clearest(scheme for scheme in schemes if means(scheme, work))
            if run is not None and scheme is not None and scheme.id == run.scheme_id:
                run = replace(run, ends_before=day + DAY)
                continue
            if run is not None:
                yield _worth(run, by_number[run.scheme_id])
            run = None if scheme is None else PeriodPart(scheme.id, scheme.kind, scheme.name, day, day + DAY, 0)
        if run is not None:
            yield _worth(run, by_number[run.scheme_id])


def _worth(run: PeriodPart, scheme: PayScheme) -> PeriodPart:
    first, next_first = month_range(run.starts_on)
    place = ((run.starts_on - first).days, (run.ends_before - first).days, (next_first - first).days)
    amount = part_of_month(scheme.amount, *place)
    return replace(run, amount=-amount if run.kind == PayKind.RENT else amount)


def _months(starts_on: date, ends_before: date) -> Iterable[tuple[date, date]]:
    """The days by Jalali months; the first and the last may be parts of one."""
    while starts_on < ends_before:
        before = min(month_range(starts_on)[1], ends_before)
        yield starts_on, before
        starts_on = before


def _days(starts_on: date, ends_before: date) -> Iterable[date]:
    return (starts_on + DAY * number for number in range((ends_before - starts_on).days))


def hours_of(minutes: int) -> tuple[int, int]:
    """Minutes as whole hours and the minutes besides."""
    return divmod(minutes, 60)
