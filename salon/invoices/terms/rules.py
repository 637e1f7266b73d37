"""The discount on the whole, tips, shares and reasons. No database; amounts in rials."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.lengths import line_of
from ...core.money import WHOLE, percent_of, share
from ..errors import reason_missing, shares_invalid, tip_invalid, whole_discount_invalid
from ..models import Invoice, InvoiceLine
from ..rules import LineSpec, PricedLine

MOST_TIP = 10**12

Tips = tuple[tuple[int, int], ...]  # (staff id, rials)


@dataclass(frozen=True)
class Terms:
    """What is said of a whole invoice. `discount_bp`: typed as a percentage; then it counts."""

    discount: int = 0
    discount_bp: int | None = None
    discount_reason: str = ""
    tips: Tips = ()
    sale_kind_id: int | None = None  # None: the one that is proposed


NO_TERMS = Terms()


def check_terms(terms: Terms) -> Terms:
    """The terms as they are kept. Raises Invalid `tip_invalid`, `discount_invalid`, `text_long`."""
    people = [staff_id for staff_id, _amount in terms.tips]
    if len(set(people)) < len(people):
        raise tip_invalid()
    for position, (_staff, amount) in enumerate(terms.tips):
        if not 0 < amount <= MOST_TIP:
            raise tip_invalid(f"tips.{position}.amount")
    if terms.discount < 0 or not 0 <= (terms.discount_bp or 0) <= WHOLE:
        raise whole_discount_invalid()
    return replace(terms, discount_reason=line_of(terms.discount_reason, Invoice.discount_reason))


def with_shared_discount(lines: Sequence[PricedLine], terms: Terms, reason_above: int | None) -> list[PricedLine]:
    """The lines with their parts of the discount on the whole. Raises Invalid `discount_invalid`, `reason_missing`."""
    nets = [line.net if line.series_line_id is None else 0 for line in lines]  # sessions were paid before
    amount = terms.discount if terms.discount_bp is None else percent_of(sum(nets), terms.discount_bp)
    if amount > sum(nets):
        raise whole_discount_invalid()
    if reason_above is not None and amount > reason_above and not terms.discount_reason:
        raise reason_missing()
    parts = share(amount, nets)
    return [replace(line, shared_discount=part) for line, part in zip(lines, parts, strict=True)]


def check_reasons(lines: Sequence[PricedLine], reason_above: int | None) -> None:
    """Raise Invalid `reason_missing` at the first line whose discount is so great that it needs one."""
    for position, line in enumerate(lines):
        if reason_above is not None and line.discount > reason_above and not line.discount_reason:
            raise reason_missing(f"lines.{position}.")


def discount_of(line: LineSpec, unit_price: int) -> int:
    """What a line's own discount comes to."""
    return line.discount if line.discount_bp is None else percent_of(line.quantity * unit_price, line.discount_bp)


def reason_of(line: LineSpec, position: int) -> str:
    """The reason of a line's discount as it is kept. Raises Invalid `text_long`."""
    return line_of(line.discount_reason, InvoiceLine.discount_reason, f"lines.{position}.discount_reason")


def check_shares(line: LineSpec, position: int) -> None:
    """Raise Invalid `shares_invalid` for parts that are not one whole of different people, the line's own the first."""
    if not line.shares:
        return
    people = [staff_id for staff_id, _part in line.shares]
    parts = [part for _staff, part in line.shares]
    whole = sum(parts) == WHOLE and all(part > 0 for part in parts)
    if len(people) < 2 or len(set(people)) < len(people) or not whole or people[0] != line.staff_id:
        raise shares_invalid(f"lines.{position}")
