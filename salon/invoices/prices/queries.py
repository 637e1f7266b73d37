"""Lines at the prices of her lists, and all prices as the till offers them. Rials."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Executable, bindparam, select

from ...appointments.models import AppointmentItem
from ...catalog.prices.queries import lists_in_force, price_book, with_own_prices
from ...catalog.prices.rules import PRODUCT, SERVICE, ListTerms, Occasion, Price, PriceBook, Thing, of_level
from ...core.db import db
from ...customers.models import Customer
from ...staff.models import StaffMember
from ...staff.queries import active_staff
from ..models import Invoice
from ..rules import LineSpec, price_in_range

_GROUP: Executable = select(Customer.group_id).where(Customer.id == bindparam("customer"))
_LEVELS: Executable = select(StaffMember.id, StaffMember.level_id).where(
    StaffMember.id.in_(bindparam("ids", expanding=True))
)
_SALE: Executable = select(Invoice.branch_id, Invoice.customer_id, Invoice.business_date, Invoice.appointment_id).where(
    Invoice.id == bindparam("invoice")
)
_AGREED: Executable = select(AppointmentItem.service_id, AppointmentItem.price).where(
    AppointmentItem.appointment_id == bindparam("appointment"), AppointmentItem.price.is_not(None)
)


@dataclass(frozen=True)
class TillPrices:
    """What things cost her here today, whoever does them."""

    book: PriceBook
    occasion: Occasion  # with nobody in particular
    levels: dict[int, int | None]  # of the people of the branch

    def told(self, kind: str, thing_id: int, price: int, price_to: int | None = None) -> dict[str, Any]:
        """Price and range of a thing with this own price, and those of people with whom it costs something else."""
        thing, own = Thing(kind, thing_id), Price(price, price_to)
        usual = self.book.price(thing, own, self.occasion)
        people: dict[int, dict[str, int | None]] = {}
        if self.book.asks_levels:
            for staff_id, level_id in self.levels.items():
                found = self.book.price(thing, own, of_level(self.occasion, level_id, staff_id))
                if (found.price, found.price_to) != (usual.price, usual.price_to):
                    people[staff_id] = _told(found)
        return {**_told(usual), "by_staff": people}

    def asks(self, kind: str, thing_id: int, price: int, price_to: int | None = None) -> bool:
        """Whether its price lies in a range, with anybody, and so has to be asked."""
        told = self.told(kind, thing_id, price, price_to)
        return any(found["price_to"] is not None for found in (told, *told["by_staff"].values()))


def at_list_prices(
    lines: Sequence[LineSpec], *, branch_id: int, customer_id: int, appointment_id: int | None = None, day: date
) -> list[LineSpec]:
    """The lines at what she pays where no price was typed, each naming the list that its price stands on.

    What was agreed at booking goes first, then her own prices, those of the person, and those of her lists.
    Raises Invalid `price_missing` at `lines.N.unit_price` for one out of a range that has to be said.
    """
    occasion, lists = _lists_for(branch_id, customer_id, day)
    things = [thing for line in lines if (thing := _thing_of(line))]
    book = _agreed(with_own_prices(price_book(lists, things), customer_id), appointment_id)
    if not (book.lists or book.hers or book.by_person):
        return list(lines)
    levels = _levels_of(lines) if book.asks_levels else {}
    return [
        _at(line, position, book, of_level(occasion, levels.get(line.staff_id or 0), line.staff_id))
        for position, line in enumerate(lines)
    ]


def at_prices_of(invoice_id: int, lines: Sequence[LineSpec]) -> list[LineSpec]:
    """The lines of a draft at the prices of its day."""
    row = db.session.connection().execute(_SALE, {"invoice": invoice_id}).one()
    branch_id, customer_id, day, booked = row
    return at_list_prices(lines, branch_id=branch_id, customer_id=customer_id, appointment_id=booked, day=day)


def till_prices(found: Invoice) -> TillPrices:
    """Every price as it is for the customer of a draft."""
    occasion, lists = _lists_for(found.branch_id, found.customer_id, found.business_date)
    book = _agreed(with_own_prices(price_book(lists), found.customer_id), found.appointment_id)
    people = active_staff(found.branch_id) if book.asks_levels else ()
    return TillPrices(book, occasion, {person.id: person.level_id for person in people})


def _agreed(book: PriceBook, appointment_id: int | None) -> PriceBook:
    """The book with what was agreed when she booked."""
    if appointment_id is None:
        return book
    rows = db.session.connection().execute(_AGREED, {"appointment": appointment_id}).all()
    agreed = {Thing(SERVICE, row.service_id): Price(row.price) for row in rows}
    return replace(book, hers={**book.hers, **agreed}) if agreed else book


def _lists_for(branch_id: int, customer_id: int, day: date) -> tuple[Occasion, list[ListTerms]]:
    """The lists that may count for her, and the occasion with nobody in particular."""
    lists = lists_in_force(branch_id, day)
    group_id = None
    if any(terms.group_id is not None for terms in lists):
        group_id = db.session.connection().execute(_GROUP, {"customer": customer_id}).scalar()
    occasion = Occasion(group_id, branch_id, None, day)
    return occasion, [terms for terms in lists if terms.group_id in (None, group_id)]


def _levels_of(lines: Sequence[LineSpec]) -> dict[int, int | None]:
    ids = sorted({line.staff_id for line in lines if line.staff_id is not None})
    if not ids:
        return {}
    return {row.id: row.level_id for row in db.session.connection().execute(_LEVELS, {"ids": ids})}


def _thing_of(line: LineSpec) -> Thing | None:
    if line.package_id is not None or line.series_line_id is not None:
        return None  # has its price from the package
    if line.service_id is not None:
        return Thing(SERVICE, line.service_id)
    return None if line.product_id is None else Thing(PRODUCT, line.product_id)


def _at(line: LineSpec, position: int, book: PriceBook, occasion: Occasion) -> LineSpec:
    thing = _thing_of(line)
    found = book.listed(thing, occasion) if thing else None
    if found is None:
        return line
    agreed = found.list_id is None
    if line.unit_price is None:
        price = found.price if found.price_to is None else price_in_range(line, position)
        return replace(line, unit_price=price, list_id=found.list_id, agreed=agreed)
    return replace(line, list_id=found.list_id, agreed=agreed) if found.holds(line.unit_price) else line


def _told(price: Price) -> dict[str, int | None]:
    return {"price": price.price, "price_to": price.price_to}
