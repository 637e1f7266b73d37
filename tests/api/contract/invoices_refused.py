"""One request for each code by which prices, discounts, shares and tips of a draft are refused."""

from collections.abc import Callable

from sqlalchemy import update

from salon.catalog.models import Service
from salon.core.db import db, transaction
from salon.setup.queries import profile

from .till import Asked, Till

NOBODY = 999_999
DRAFT = "POST /invoices"


def _unpriced(till: Till) -> Asked:
    """A cut costs more for long hair, and nobody said how long hers is."""
    with transaction():
        db.session.execute(update(Service).where(Service.id == till.salon.cut).values(price_to=900_000))
    return till.draft()


def _unreasoned(till: Till) -> Asked:
    with transaction():
        profile().reason_above = 10_000
    return till.draft(discount=10_001)


def _shared_by(till: Till, *parts: int) -> Asked:
    people = (till.salon.negar, till.salon.sara)
    shares = [{"staff_id": who, "share_bp": part} for who, part in zip(people, parts, strict=False)]
    return till.draft(till.line(shares=shares))


INVOICES_REFUSED: dict[tuple[str, str], Callable[[Till], Asked]] = {
    (DRAFT, "price_missing"): _unpriced,
    (DRAFT, "reason_missing"): _unreasoned,
    (DRAFT, "shares_invalid"): lambda till: _shared_by(till, 6_000, 3_999),
    (DRAFT, "tip_invalid"): lambda till: till.draft(tips=[{"staff_id": NOBODY, "amount": 1}]),
    (DRAFT, "sale_kind_unknown"): lambda till: till.draft(sale_kind_id=NOBODY),
}
