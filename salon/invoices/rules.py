"""The arithmetic of invoices and settlements. All amounts in rials."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..cashbox.models import PaymentMethod
from ..cashbox.rules import PaymentSpec
from ..core.keys import fingerprint_of
from ..core.money import MOST_PRICE, MOST_RIALS, percent_of
from .errors import (
    amount_invalid,
    credit_exceeds_limit,
    credit_negative,
    debt_limit,
    discount_invalid,
    overpaid,
    price_given_away,
    price_invalid,
    price_missing,
    quantity_invalid,
    tax_invalid,
)


@dataclass(frozen=True)
class LineSpec:
    """A line as it is asked for. A price of None is the service's own; a tax of None is the salon's."""

    service_id: int | None = None
    product_id: int | None = None
    staff_id: int | None = None
    quantity: int = 1
    unit_price: int | None = None
    discount: int = 0
    tax_bp: int | None = None
    list_id: int | None = None  # the price list that its price stands on
    discount_bp: int | None = None  # basis points, when the discount was typed as a percentage; then it counts
    discount_reason: str = ""
    shares: tuple[tuple[int, int], ...] = ()  # (staff id, basis points) where several did it
    package_id: int | None = None  # sells sessions ahead; without a service, all that the package holds
    series_line_id: int | None = None  # uses one of the sessions that this line sold
    redo_line_id: int | None = None  # does this line's work again, for nothing
    price_waits: bool = False  # a price out of a range is asked later; without it, it has to be said
    agreed: bool = False  # its price is her own, the person's, or that of a touch-up as it was booked


@dataclass(frozen=True)
class PricedLine:
    """A line with everything that makes its amount."""

    service_id: int | None
    product_id: int | None
    staff_id: int | None
    description: str
    quantity: int
    unit_price: int
    discount: int
    tax_bp: int
    list_id: int | None = None
    discount_bp: int | None = None
    discount_reason: str = ""
    discount_by: int | None = None
    shared_discount: int = 0  # its part of the discount on the whole invoice
    package_id: int | None = None
    series_line_id: int | None = None
    redo_line_id: int | None = None

    @property
    def net(self) -> int:
        """Quantity times price, less both discounts, before tax."""
        return self.quantity * self.unit_price - self.discount - self.shared_discount

    @property
    def tax(self) -> int:
        """The tax on the net amount, floored to whole rials."""
        return percent_of(self.net, self.tax_bp)


@dataclass(frozen=True)
class Totals:
    """What the lines of an invoice come to, with its tips and its rounding."""

    net: int
    discount: int  # of the lines and of the whole
    tax: int
    tips: int = 0
    rounding: int = 0  # negative when the total was rounded down

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.net + self.tax + self.tips + self.rounding


@dataclass(frozen=True)
class CreditBounds:
    """What limits the club credit that may be spent on an invoice."""

    withdrawable: int
    ceiling: int  # what the salon's share of an invoice still allows

    @property
    def limit(self) -> int:
        """The most that may be spent."""
        return max(0, min(self.withdrawable, self.ceiling))


def price_in_range(line: LineSpec, position: int) -> int:
    """The price of a line that has none yet, of a thing with a range of prices: nought while it may wait.

    Raises Invalid `price_missing`: the range's lower end is nobody's choice.
    """
    if not line.price_waits:
        raise price_missing(f"lines.{position}")
    return 0


def check_typed_price(line: LineSpec, price: int, price_to: int | None, position: int) -> None:
    """Raise Invalid `price_invalid` for nothing typed as the price of what costs something.

    `price`, `price_to`: the thing's own. Out of a range nothing is a price that waits; what a list gives away, what
    was agreed, or what was paid before, is no gift of the desk.
    """
    said = line.agreed or line.package_id is not None or line.series_line_id is not None
    if line.unit_price == 0 < price and price_to is None and line.list_id is None and not said:
        raise price_given_away(f"lines.{position}")


def check_line(line: PricedLine, position: int) -> None:
    """Raise Invalid for a line that can't be sold."""
    field = f"lines.{position}"
    if not 1 <= line.quantity <= 10_000:
        raise quantity_invalid(field)
    if not 0 <= line.unit_price <= MOST_PRICE:
        raise price_invalid(field)
    if not 0 <= line.discount <= line.quantity * line.unit_price:
        raise discount_invalid(field)
    if not 0 <= line.tax_bp <= 10_000:
        raise tax_invalid(field)


def totals_of(lines: Sequence[PricedLine], *, tips: int = 0, round_to: int = 0) -> Totals:
    """The sums of the lines and tips, rounded down to a multiple of `round_to` rials; 0: not at all.

    Sessions that were paid before are not rounded: nobody pays them now.
    """
    discount = sum(line.discount + line.shared_discount for line in lines)
    exact = Totals(sum(line.net for line in lines), discount, sum(line.tax for line in lines), tips)
    prepaid = sum(line.net for line in lines if line.series_line_id is not None)
    return replace(exact, rounding=-((exact.total - prepaid) % round_to)) if round_to else exact


def check_given(payments: Sequence[PaymentSpec], credit: int, bounds: CreditBounds) -> None:
    """Raise Invalid `amount_invalid` or `credit_exceeds_limit`."""
    check_amounts(payments)
    if credit < 0:
        raise credit_negative()
    if credit > bounds.limit:
        raise credit_exceeds_limit()


def without_rest(
    payments: Sequence[PaymentSpec], over: int, *, keep: bool, gives_change: bool
) -> tuple[tuple[PaymentSpec, ...], tuple[PaymentSpec, ...], int]:
    """Payments less what is above the due: what pays, what stays on account, and the change in cash.

    Raises Invalid `overpaid` when nobody said what becomes of the rest, or no cash holds it.
    """
    if over <= 0:
        return tuple(payments), (), 0
    if keep:
        left, kept = _split_off(payments, over, _STAYS)
        return left, kept, 0
    cash = sum(payment.amount for payment in payments if payment.method == PaymentMethod.CASH)
    if not gives_change or over >= cash:
        raise overpaid()
    left, _change = _split_off(payments, over, (PaymentMethod.CASH,))
    return left, (), over


_STAYS = (PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.CARD)  # what may stay on account, in this order


def _split_off(
    payments: Sequence[PaymentSpec], over: int, methods: Sequence[PaymentMethod]
) -> tuple[tuple[PaymentSpec, ...], tuple[PaymentSpec, ...]]:
    """Payments without `over` rials of these methods, and what was split off."""
    left, off = list(payments), []
    for method in methods:
        for place, payment in enumerate(left):
            part = min(over, payment.amount) if payment.method == method else 0
            if part:
                left[place], over = replace(payment, amount=payment.amount - part), over - part
                off.append(replace(payment, amount=part))
    if over:
        raise overpaid()
    return tuple(payment for payment in left if payment.amount), tuple(off)


def check_amounts(payments: Sequence[PaymentSpec]) -> None:
    """Raise Invalid `amount_invalid` at the payment that is of nothing, of less, or beyond all measure."""
    for position, payment in enumerate(payments):
        if not 0 < payment.amount <= MOST_RIALS:
            raise amount_invalid(position)


def check_debt(owed: int, added: int, limit: int) -> None:
    """Raise DomainError `debt_limit` when the customer would owe more than she may."""
    if added > 0 and owed + added > limit:
        raise debt_limit()


@dataclass(frozen=True)
class Rest:
    """What becomes of what is given above the due, and of what is left below it."""

    keep: bool = False  # what is above the due stays on account
    give_change: bool = False  # what is above the due is given back in cash
    promised_on: date | None = None  # when she will pay what is left
    may_pass_limit: bool = False  # whoever settles may let her owe more than her limit

    def asked(self, deposit: int) -> list[str | int]:
        """What is part of the request; nothing when nothing was said, so that older requests stay the same."""
        day = self.promised_on.isoformat() if self.promised_on else ""
        said: list[str | int] = [deposit, self.keep, self.give_change, day]
        return said if any(said) else []


NOTHING_SAID = Rest()


def fingerprint(
    invoice_id: int, payments: Sequence[PaymentSpec], credit: int, deposit: int = 0, rest: Rest = NOTHING_SAID
) -> str:
    """SHA-256 of what a settlement asks, in hex: the same key with another body is refused."""
    asked = [invoice_id, sorted(asked_of(payment) for payment in payments), credit, *rest.asked(deposit)]
    return fingerprint_of(asked)


def asked_of(payment: PaymentSpec) -> list[str | int]:
    """What a payment says; what is left open is left out, so that older requests stay the same."""
    due_on = payment.due_on.isoformat() if payment.due_on else ""
    details: list[str | int] = [payment.cashbox_id or 0, payment.staff_id or 0, payment.reference, due_on]
    said: list[str | int] = [payment.method.value, payment.amount]
    return [*said, *details] if any(details) else said


def spread(payments: Sequence[PaymentSpec], dues: Sequence[tuple[int, int]]) -> list[tuple[int, list[PaymentSpec]]]:
    """Lay payments over (invoice id, due) pairs in their order; gives what each that takes something takes.

    Raises Invalid `amount_invalid` or `overpaid` when more is given than is due.
    """
    check_amounts(payments)
    if sum(payment.amount for payment in payments) > sum(due for _, due in dues):
        raise overpaid()
    purse: dict[PaymentSpec, int] = {}
    for payment in payments:
        way = replace(payment, amount=0)
        purse[way] = purse.get(way, 0) + payment.amount
    taken = [(invoice_id, _take_from(purse, due)) for invoice_id, due in dues]
    return [(invoice_id, parts) for invoice_id, parts in taken if parts]


def _take_from(purse: dict[PaymentSpec, int], due: int) -> list[PaymentSpec]:
    """Take up to `due` out of the purse, one way of paying after the other."""
    parts = []
    for way, left in purse.items():
        part = min(left, due)
        if part:
            parts.append(replace(way, amount=part))
            purse[way] -= part
            due -= part
    return parts
