"""Lines of the past: what they are, and amounts kept exactly whatever the quantity. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from ...core.jalali import moment_of
from ...core.money import rate_of
from ...ledger.models import AccountKind
from ...ledger.rules import EntrySpec, PostingSpec
from ..models import LineNature

_WHOLE = 10_000  # basis points of all


@dataclass(frozen=True)
class PastLine:
    """A line as it was sold. All amounts in rials; `net` is after the discount, before tax."""

    description: str
    quantity: int
    net: int
    tax: int
    service_id: int | None = None
    product_id: int | None = None
    staff_id: int | None = None
    package_id: int | None = None  # sessions that are left: `quantity` of them
    usable_until: date | None = None

    @property
    def nature(self) -> LineNature:
        """Goods or services that came back are a return; an amount taken off without them is a correction."""
        if self.quantity < 0:
            return LineNature.RETURN
        return LineNature.CORRECTION if self.net < 0 else LineNature.SALE

    @property
    def unit_price(self) -> int:
        """The least price that the quantity times it reaches the amount; what it is over is the discount."""
        if not self.quantity:
            return 0
        price = -(-abs(self.net) // abs(self.quantity))
        return price if (self.net < 0) == (self.quantity < 0) else -price

    @property
    def discount(self) -> int:
        """Quantity times price less the net amount, so that no part of it is lost."""
        return self.quantity * self.unit_price - self.net

    @property
    def tax_bp(self) -> int:
        """The rate that comes nearest to the tax, in basis points; the tax itself is what counts."""
        return max(0, min(_WHOLE, rate_of(self.tax, self.net))) if self.net else 0


@dataclass(frozen=True)
class PastInvoice:
    """An invoice of the past, paid in full at the time. `key` is what an import knows it by."""

    key: str
    customer_id: int
    business_date: date
    lines: tuple[PastLine, ...]

    @property
    def net(self) -> int:
        """All lines before tax."""
        return sum(line.net for line in self.lines)

    @property
    def tax(self) -> int:
        """The tax of all lines."""
        return sum(line.tax for line in self.lines)

    @property
    def total(self) -> int:
        """What was paid."""
        return self.net + self.tax

    @property
    def moment(self) -> datetime:
        """When it was issued and paid, in UTC: the files know the day, so noon of it stands for the hour."""
        return moment_of(self.business_date, time(12))


def opening_entry(past: PastInvoice, invoice_id: int, branch_id: int) -> EntrySpec:
    """Moves what an opening debt came from out of revenue; it stands for the customer, not for the invoice."""
    return EntrySpec(
        branch_id,
        past.business_date,
        "opening",
        "customer",
        past.customer_id,
        f"invoice:{invoice_id}:opening",
        (PostingSpec(AccountKind.REVENUE, past.net), PostingSpec(AccountKind.OPENING, -past.net)),
    )


def discounts_of(lines: Sequence[PastLine]) -> int:
    """The discounts of all lines."""
    return sum(line.discount for line in lines)


def packed_of(lines: Sequence[PastLine]) -> tuple[int, int]:
    """What the sessions among the lines cost, after discounts and before."""
    packed = [line for line in lines if line.package_id is not None]
    return sum(line.net for line in packed), sum(line.net + line.discount for line in packed)


def products_of(lines: Sequence[PastLine]) -> int:
    """What the goods among the lines cost before discounts."""
    return sum(line.net + line.discount for line in lines if line.product_id is not None)
