"""Reads about price lists and earlier prices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Executable, Select, bindparam, func, or_, select

from ...access.models import User
from ...core.db import db
from ..errors import price_list_unknown
from ..models import ListedPrice, OwnPrice, PriceChange, PriceList
from .rules import PRODUCT, SERVICE, ListTerms, Price, PriceBook, Thing

_ORDER = (PriceList.priority, PriceList.id)
# What lists there are is asked for each draft: most salons have none, and are told so by one quick statement.
_IN_FORCE: Executable = (
    select(
        PriceList.id,
        PriceList.group_id,
        PriceList.branch_id,
        PriceList.level_id,
        PriceList.starts_on,
        PriceList.ends_on,
    )
    .where(PriceList.active)
    .where(or_(PriceList.branch_id.is_(None), PriceList.branch_id == bindparam("branch")))
    .where(or_(PriceList.starts_on.is_(None), PriceList.starts_on <= bindparam("day")))
    .where(or_(PriceList.ends_on.is_(None), PriceList.ends_on >= bindparam("day")))
    .order_by(*_ORDER)
)
_PRICES = select(
    ListedPrice.list_id, ListedPrice.service_id, ListedPrice.product_id, ListedPrice.price, ListedPrice.price_to
).where(ListedPrice.list_id.in_(bindparam("lists", expanding=True)))
_PRICES_OF = _PRICES.where(
    or_(
        ListedPrice.service_id.in_(bindparam("services", expanding=True)),
        ListedPrice.product_id.in_(bindparam("products", expanding=True)),
    )
)
_OWN: Executable = select(OwnPrice.service_id, OwnPrice.staff_id, OwnPrice.price).where(
    or_(OwnPrice.customer_id.is_(None), OwnPrice.customer_id == bindparam("customer"))
)


@dataclass(frozen=True)
class Change:
    """A price as it was set, and what it was before; prices in rials, None where there was none."""

    changed_at: datetime
    by: str  # empty where nobody did it by hand
    list_name: str  # empty for the thing's own price
    before: Price | None
    after: Price | None


def lists_in_force(branch_id: int, day: date) -> list[ListTerms]:
    """The lists that may count in a branch on a day, in the order in which they do."""
    rows = db.session.connection().execute(_IN_FORCE, {"branch": branch_id, "day": day})
    return [ListTerms(*row) for row in rows]


def price_book(lists: Sequence[ListTerms], things: Collection[Thing] | None = None) -> PriceBook:
    """The prices on these lists, of all things or of those that are named, by one statement."""
    if not lists:
        return PriceBook()
    asked: dict[str, list[int]] = {"lists": [terms.id for terms in lists]}
    if things is not None:
        asked["services"] = sorted(thing.id for thing in things if thing.kind == SERVICE)
        asked["products"] = sorted(thing.id for thing in things if thing.kind == PRODUCT)
    rows = db.session.connection().execute(_PRICES if things is None else _PRICES_OF, asked)
    prices = {
        (list_id, _thing(service_id, product_id)): Price(price, price_to, list_id)
        for list_id, service_id, product_id, price, price_to in rows
    }
    return PriceBook(tuple(lists), prices)


def with_own_prices(book: PriceBook, customer_id: int | None) -> PriceBook:
    """The book with what services cost by each person, and for this customer."""
    rows = db.session.connection().execute(_OWN, {"customer": customer_id}).all()
    if not rows:
        return book
    hers = {Thing(SERVICE, row.service_id): Price(row.price) for row in rows if row.staff_id is None}
    by = {(row.staff_id, Thing(SERVICE, row.service_id)): Price(row.price) for row in rows if row.staff_id is not None}
    return replace(book, hers=hers, by_person=by)


def own_prices_of(service_id: int) -> dict[str, dict[int, int]]:
    """What a service costs by whom and for whom, in rials: by staff id and by customer id."""
    found: dict[str, dict[int, int]] = {"staff": {}, "customer": {}}
    for row in db.session.scalars(select(OwnPrice).where(OwnPrice.service_id == service_id)):
        whose = ("staff", row.staff_id) if row.staff_id is not None else ("customer", row.customer_id or 0)
        found[whose[0]][whose[1]] = row.price
    return found


def price_lists() -> Sequence[PriceList]:
    """Every price list, in the order in which they count; those that are laid aside come last."""
    return db.session.scalars(select(PriceList).order_by(PriceList.active.desc(), *_ORDER)).all()


def price_list(list_id: int) -> PriceList:
    """The price list of this number. Raises NotFound price_list_unknown."""
    found = db.session.get(PriceList, list_id)
    if found is None:
        raise price_list_unknown()
    return found


def lock_prices(list_id: int) -> None:
    """Let the prices of a list be set by one at a time. Raises NotFound price_list_unknown."""
    asked = select(PriceList.id).where(PriceList.id == list_id).with_for_update()
    if db.session.scalar(asked) is None:
        raise price_list_unknown()


def listed_prices(list_id: int) -> dict[Thing, Price]:
    """What stands on a list."""
    rows = db.session.execute(_PRICES, {"lists": [list_id]})
    return {_thing(row.service_id, row.product_id): Price(row.price, row.price_to, list_id) for row in rows}


def how_many_listed() -> dict[int, int]:
    """How many prices stand on each list."""
    counted = select(ListedPrice.list_id, func.count()).group_by(ListedPrice.list_id)
    return {list_id: int(count) for list_id, count in db.session.execute(counted)}


def price_history(thing: Thing) -> list[Change]:
    """Every price of a thing, its own and those on lists, the latest first."""
    rows = db.session.execute(_changes_of(thing)).all()
    known: dict[int | None, Price | None] = {}
    changes = []
    for row in rows:
        after = None if row.price is None else Price(row.price, row.price_to, row.list_id)
        changes.append(Change(row.changed_at, row.by, row.list_name, known.get(row.list_id), after))
        known[row.list_id] = after
    return changes[::-1]


def _changes_of(thing: Thing) -> Select[datetime, str, str, int | None, int | None, int | None]:
    column = PriceChange.service_id if thing.kind == SERVICE else PriceChange.product_id
    return (
        select(
            PriceChange.changed_at,
            func.coalesce(User.full_name, "").label("by"),
            func.coalesce(PriceList.name, "").label("list_name"),
            PriceChange.list_id,
            PriceChange.price,
            PriceChange.price_to,
        )
        .outerjoin(User, User.id == PriceChange.changed_by)
        .outerjoin(PriceList, PriceList.id == PriceChange.list_id)
        .where(column == thing.id)
        .order_by(PriceChange.id)
    )


def _thing(service_id: int | None, product_id: int | None) -> Thing:
    return Thing(PRODUCT, product_id or 0) if service_id is None else Thing(SERVICE, service_id)
