"""The arithmetic of returns. All amounts in rials and, unless said otherwise, positive for what goes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from ...cashbox.models import PaymentMethod
from ...cashbox.rules import PaymentSpec
from ...core.jalali import local_date
from ...core.keys import fingerprint_of
from ...core.money import Currency, group, share, with_unit
from ...ledger.models import Unit
from ..checkout.rules import club_left
from ..models import InvoiceStatus, Settlement
from .lines.rules import BackLine, SoldLine, WantedLine

# What goes back by several ways is laid in thousands of toman: nobody has coins for less.
STEP = 10_000
# Never turned into money: each goes back to where it came from, however money is refunded.
HERS = frozenset({PaymentMethod.CREDIT, PaymentMethod.DEPOSIT, PaymentMethod.PACKAGE})


class Refund(StrEnum):
    """Where the money of a return goes."""

    ORIGINAL = "original"  # where it came from
    CREDIT = "credit"  # club credit that never expires
    CASH = "cash"  # out of the till
    ACCOUNT = "account"  # on-account money; corrections only


@dataclass(frozen=True)
class Standing:
    """A sale as it stands when something of it is returned. Money in rials."""

    id: int
    branch_id: int
    customer_id: int
    kind: str
    status: str
    number: int | None
    business_date: date
    net: int  # without the sessions that it uses: they earn nothing
    tips: int
    total: int
    paid: int
    offer_terms: list[dict[str, Any]] | None
    is_member: bool
    is_nameless: bool
    returned_net: int  # by earlier returns, without sessions
    returned_total: int

    @property
    def due(self) -> int:
        """What is left to pay."""
        return self.total - self.paid

    @property
    def left(self) -> int:
        """What the goods that were not returned came to, without tips."""
        return self.total - self.tips - self.returned_total


@dataclass(frozen=True)
class Worth:
    """What a return comes to. `rounding` as on the sale: negative when it was rounded down."""

    net: int
    discount: int
    shared_discount: int
    tax: int
    tips: int
    rounding: int
    sessions: int = 0  # what of the net goes back to series

    @property
    def total(self) -> int:
        """All that goes back."""
        return self.net + self.tax + self.tips + self.rounding


@dataclass(frozen=True)
class Asked:
    """What is asked of a sale: which lines go back, and where the money goes."""

    branch_id: int  # where it is asked
    lines: Sequence[WantedLine] | None
    refund: Refund
    reason: str
    key: str
    fingerprint: str
    actor_id: int | None
    now: datetime

    @property
    def today(self) -> date:
        """The day of the return in the salon's zone."""
        return local_date(self.now)


@dataclass(frozen=True)
class RefundPlan:
    """Where the worth of a return goes."""

    debt: int  # lessens what is owed of the sale
    payments: tuple[PaymentSpec, ...]  # what is paid back
    spent_credit: int = 0  # of the credit among them: goes back to the lots it was spent from
    new_credit: int = 0  # the rest of it is a new lot
    used_deposit: int = 0  # of the deposit among them: goes back to the deposits it was taken from
    new_deposit: int = 0  # the rest of it is new on-account money


@dataclass(frozen=True)
class ReturnPlan:
    """All that a return will do."""

    sale: Standing
    back: tuple[BackLine, ...]
    last: bool  # nothing is left of the sale afterwards
    worth: Worth
    refund: RefundPlan
    to_lots: tuple[tuple[int, int], ...]  # (lot id, rials) of spent credit that goes back
    to_deposits: tuple[tuple[int, int], ...]  # (deposit id, rials)
    clawback: dict[Unit, int]
    from_lots: tuple[int, ...]  # that the sale made: the clawback takes from them first
    let_go: tuple[int, ...] = ()  # payments that nobody has seen and nobody waits for any more

    @property
    def settles(self) -> bool:
        """Whether nothing is due of an open sale any more."""
        return self.sale.status == InvoiceStatus.OPEN and self.refund.debt == self.sale.due

    @property
    def returned_net(self) -> int:
        """What has gone back of the sale by then, before tax, without sessions."""
        return self.sale.returned_net + self.worth.net - self.worth.sessions


@dataclass(frozen=True)
class Returned:
    """The answer to a return; the same key gives the same answer again. Money in rials."""

    id: int
    sale_id: int
    number: int
    amount: int
    debt: int  # of it what lessened the sale's debt
    refunded: tuple[tuple[PaymentMethod, int], ...]
    points: int  # taken back
    credit: int


def worth_of(sale: Standing, sold: Sequence[SoldLine], back: Sequence[BackLine], *, last: bool) -> Worth:
    """What these lines come to. The last return takes the tips and what is left of the rounding along.

    Sessions were paid whole and not rounded, so they go back whole.
    """
    kept = sum(line.net for line in sold if line.uses_session and line.left)
    sessions = sum(part.net for part in back if part.line.uses_session)
    net, tax = sum(part.net for part in back), sum(part.tax for part in back)
    shared = sum(part.shared_discount for part in back)
    discount = sum(part.discount for part in back) + shared
    rounding = (sale.left - kept) - (net - sessions) - tax
    if last:
        return Worth(net, discount, shared, tax, sale.tips, rounding, sessions)
    # No more goes back than was ever asked for it; tips may have paid for all.
    capped = max(0, sale.left - kept) - (net - sessions) - tax
    return Worth(net, discount, shared, tax, 0, min(0, capped), sessions)


def left_to_refund(
    paid: Mapping[PaymentSpec, int], refunded: Mapping[PaymentSpec, int], turned: Mapping[PaymentMethod, int]
) -> list[PaymentSpec]:
    """What may still be paid back by each way it was paid. Ways are payments of no amount.

    `turned`: rials among the refunded credit and deposits that had been paid as money. Money that went back by another
    way than it came is taken off all of it in proportion.
    """
    left = {way: max(0, amount - refunded.get(way, 0)) for way, amount in paid.items()}
    for method in turned:
        way = PaymentSpec(method, 0)
        if way in paid:
            left[way] = max(0, paid[way] - back_in_kind(method, refunded, turned))
    money = [way for way in left if way.method not in HERS]
    held = _money_of(paid) - _money_of(refunded) - sum(turned.values())
    if money and held < sum(left[way] for way in money):
        left |= dict(zip(money, laid(max(0, held), [left[way] for way in money]), strict=True))
    return [replace(way, amount=amount) for way, amount in left.items() if amount]


def back_in_kind(
    method: PaymentMethod, refunded: Mapping[PaymentSpec, int], turned: Mapping[PaymentMethod, int]
) -> int:
    """What of the refunded credit or deposits had been paid as such."""
    return refunded.get(PaymentSpec(method, 0), 0) - turned.get(method, 0)


def _money_of(purse: Mapping[PaymentSpec, int]) -> int:
    return sum(amount for way, amount in purse.items() if way.method not in HERS)


def exceeds(worth: Worth, due: int, sources: Sequence[PaymentSpec]) -> bool:
    """Whether more than these ways hold would be paid back, beyond what is owed of the sale."""
    total = worth.total - worth.sessions
    return total - min(total, due) > sum(one.amount for one in sources if one.method != PaymentMethod.PACKAGE)


def refund_plan(worth: Worth, due: int, sources: Sequence[PaymentSpec], refund: Refund) -> RefundPlan:
    """Lay the worth of a return over the sale's debt first, then over what was paid, in proportion.

    Sessions go back to their series, whatever else was paid.

    Raises ValueError when more would be paid out than was paid in.
    """
    total, sources = worth.total - worth.sessions, [one for one in sources if one.method != PaymentMethod.PACKAGE]
    debt = min(total, due)
    if exceeds(worth, due, sources):
        raise ValueError(f"{total - debt} to refund, more than was paid")
    amounts = laid(total - debt, [source.amount for source in sources])
    parts = [replace(source, amount=amount) for source, amount in zip(sources, amounts, strict=True) if amount]
    credit, deposit = (_paid_by(parts, method) for method in (PaymentMethod.CREDIT, PaymentMethod.DEPOSIT))
    hers = [part for part in parts if part.method in HERS]
    if worth.sessions:
        hers.append(PaymentSpec(PaymentMethod.PACKAGE, worth.sessions))
    money = [_payable(part) for part in parts if part.method not in HERS]
    turned = sum(part.amount for part in money)
    if refund == Refund.CASH and turned:
        money = [PaymentSpec(PaymentMethod.CASH, turned)]
    if refund == Refund.CREDIT and turned:
        plan = merged([*hers, PaymentSpec(PaymentMethod.CREDIT, turned)])
        return RefundPlan(debt, plan, credit, turned, deposit)
    if refund == Refund.ACCOUNT and turned:
        plan = merged([*hers, PaymentSpec(PaymentMethod.DEPOSIT, turned)])
        return RefundPlan(debt, plan, credit, 0, deposit, turned)
    return RefundPlan(debt, merged([*money, *hers]), credit, 0, deposit)


def laid(amount: int, held: Sequence[int]) -> list[int]:
    """Lay an amount over what each way holds, in proportion and in whole steps; the odd rest where most is left.

    All that they hold is taken exactly. Never more than a way holds, and the parts sum to the amount.
    """
    if amount == sum(held):
        return list(held)
    steps = share(amount // STEP, held)
    parts = [min(count, whole // STEP) * STEP for count, whole in zip(steps, held, strict=True)]
    rest = amount - sum(parts)
    for place in sorted(range(len(held)), key=lambda place: parts[place] - held[place]):
        more = min(rest, held[place] - parts[place])
        parts[place] += more
        rest -= more
    return parts


def _payable(part: PaymentSpec) -> PaymentSpec:
    """What was taken before these books lies in no box, and is paid out of the till."""
    if part.method == PaymentMethod.PRIOR:
        return PaymentSpec(PaymentMethod.CASH, part.amount)
    return part


def _paid_by(parts: Sequence[PaymentSpec], method: PaymentMethod) -> int:
    return sum(part.amount for part in parts if part.method == method)


def merged(parts: Sequence[PaymentSpec]) -> tuple[PaymentSpec, ...]:
    """One payment by each way."""
    amounts: dict[PaymentSpec, int] = {}
    for part in parts:
        way = replace(part, amount=0)
        amounts[way] = amounts.get(way, 0) + part.amount
    return tuple(replace(way, amount=amount) for way, amount in amounts.items())


def clawed(earned: int, clawed_before: int, returned: int, sold: int) -> int:
    """What is taken back of an award when `returned` of the `sold` rials that earned it have come back by now."""
    return max(0, earned * returned // sold - clawed_before) if sold else 0


def last_taken(taken: Sequence[tuple[int, int]], given_before: int, amount: int) -> list[tuple[int, int]]:
    """The (id, amount) parts that go back: what was taken last comes first, beyond what went back before."""
    skip, left = given_before, amount
    parts: dict[int, int] = {}
    for key, whole in reversed(taken):
        skipped = min(skip, whole)
        part = min(whole - skipped, left)
        skip, left = skip - skipped, left - part
        if part:
            parts[key] = parts.get(key, 0) + part
    if left:
        raise ValueError(f"{left} of {amount} was never taken")
    return list(parts.items())


def taken_back_sentences(act: Settlement, currency: Currency) -> list[str]:
    """What the club took back at a return, and what she has afterwards."""
    sentences = []
    if act.earned_points:
        sentences.append(_("امتیاز پس‌گرفته: %(points)s", points=group(-act.earned_points)))
    if act.earned_credit:
        sentences.append(_("اعتبار پس‌گرفته: %(amount)s", amount=with_unit(-act.earned_credit, currency)))
    return [*sentences, club_left(act.points_left, act.credit_left, currency)]


def falls_short(plan: ReturnPlan, points: int, credit: int) -> bool:
    """Whether the club takes back more than she has; `points` and `credit`: her current value, in points and rials."""
    credit += plan.refund.spent_credit + plan.refund.new_credit
    wanted = plan.clawback.get(Unit.POINT, 0), plan.clawback.get(Unit.RIAL, 0)
    return wanted[0] > max(0, points) or wanted[1] > max(0, credit)


def fingerprint(act: str, invoice_id: int, lines: Sequence[WantedLine] | None, refund: Refund) -> str:
    """SHA-256 of what is asked, in hex: the same key with another body is refused."""
    named = None if lines is None else sorted((line.line_id, line.quantity) for line in lines)
    return fingerprint_of([act, invoice_id, named, refund.value])
