"""Reads about customers; the search behind `/` on the desk."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    column,
    func,
    literal,
    select,
    table,
    union_all,
)

from ..core.db import db, is_postgresql
from ..core.text import latin_digits, normalise, normalise_mobile
from .errors import customer_unknown
from .models import Customer
from .rules import Wanted, full_name, reversed_mobile, wanted

_INDEX = table("customer_search", column("rowid", Integer), column("customer_search"))
_BY_CODE = select(Customer).where(Customer.code == bindparam("code"))
_BY_MOBILE = (
    select(Customer)
    .where(Customer.mobile == bindparam("mobile"))
    .order_by(Customer.shared_mobile, Customer.id)
    .limit(1)
)


class Listed(NamedTuple):
    """A customer as lists show her: plain values, which cost a fraction of a row that can be changed."""

    id: int
    code: str
    first_name: str
    last_name: str
    mobile: str | None
    shared_mobile: bool
    birthday: date | None
    wedding_day: date | None
    allergies: str
    note: str
    is_member: bool
    group_id: int | None
    own_staff_id: int | None

    @property
    def full_name(self) -> str:
        """First and last name as they are said."""
        return full_name(self.first_name, self.last_name)


_LISTED = [Customer.__table__.c[name] for name in Listed._fields]
# Stands for people who give no name: nobody will know them again, so nothing is kept for them.
NAMELESS: ColumnElement[bool] = and_(Customer.is_walk_in, Customer.mobile.is_(None))


def customer(customer_id: int) -> Customer:
    """The customer of this number. Raises NotFound customer_unknown."""
    found = db.session.get(Customer, customer_id)
    if found is None:
        raise customer_unknown()
    return found


def id_of_mobile(mobile: str) -> int | None:
    """Whose mobile number it is."""
    found = by_mobile(mobile)
    return None if found is None else found.id


def names_of(ids: Collection[int]) -> dict[int, str]:
    """The full names of these customers."""
    found = db.session.scalars(select(Customer).where(Customer.id.in_(ids)))
    return {one.id: one.full_name for one in found}


def is_nameless(customer_id: int) -> bool:
    """Whether a customer stands for people who give no name."""
    return bool(db.session.scalar(select(NAMELESS).where(Customer.id == customer_id)))


def by_code(code: str) -> Customer | None:
    """The customer of this code (کد اشتراک)."""
    return db.session.scalar(_BY_CODE, {"code": latin_digits(normalise(code))})


def by_mobile(mobile: str) -> Customer | None:
    """Whose mobile this is, however it was typed; of several who share it, its owner."""
    kept = normalise_mobile(mobile)
    return db.session.scalar(_BY_MOBILE, {"mobile": kept}) if kept else None


def owner_of_mobile(mobile: str, *, besides: int | None) -> Customer | None:
    """Who else has this mobile, in its kept spelling."""
    others = select(Customer).where(Customer.mobile == mobile)
    if besides is not None:
        others = others.where(Customer.id != besides)
    return db.session.scalar(others.order_by(Customer.shared_mobile, Customer.id).limit(1))


def codes_in_use(codes: Collection[str]) -> set[str]:
    """Which of these codes somebody has."""
    return set(db.session.scalars(select(Customer.code).where(Customer.code.in_(codes))))


def latest(limit: int = 20, offset: int = 0) -> list[Customer]:
    """Who was let in last."""
    return list(db.session.scalars(select(Customer).order_by(Customer.id.desc()).limit(limit).offset(offset)))


def after(customer_id: int, limit: int) -> list[Customer]:
    """The customers that follow one by number, for reading all of them page by page."""
    return list(
        db.session.scalars(select(Customer).where(Customer.id > customer_id).order_by(Customer.id).limit(limit))
    )


def count() -> int:
    """How many customers there are."""
    return db.session.scalar(select(func.count()).select_from(Customer)) or 0


def search(text: str, limit: int = 20) -> list[Customer]:
    """Who may be meant: her code first, then mobiles that end so, then names, mobiles and codes that hold it."""
    looked_for = wanted(text)
    if not looked_for.long_words and not looked_for.short_words:
        return []
    rows = db.session.scalars(_search(*_shape(looked_for)), _bound(looked_for, limit))
    return list(dict.fromkeys(rows))[:limit]  # one customer may be found in several ways


def listed(text: str, limit: int = 20) -> list[Listed]:
    """The same customers in the same order, only to be shown."""
    looked_for = wanted(text)
    if not looked_for.long_words and not looked_for.short_words:
        return []
    rows = db.session.connection().execute(_listing(*_shape(looked_for)), _bound(looked_for, limit))
    return [Listed(*row) for row in {row.id: row for row in rows}.values()][:limit]


def _shape(looked_for: Wanted) -> tuple[int, int, bool, bool]:
    return len(looked_for.long_words), len(looked_for.short_words), bool(looked_for.ending), is_postgresql()


def _bound(looked_for: Wanted, limit: int) -> dict[str, Any]:
    """The values of a search statement."""
    bound: dict[str, Any] = {"code": looked_for.code, "limit": limit}
    if looked_for.ending:
        start = str(reversed_mobile(looked_for.ending))
        bound |= {"from": start, "to": start[:-1] + chr(ord(start[-1]) + 1)}
    phrases = ['"' + word.replace('"', '""') + '"' for word in looked_for.long_words]
    bound["phrases"] = " ".join(phrases)
    bound |= {f"long_{place}": _anywhere(word) for place, word in enumerate(looked_for.long_words)}
    return bound | {f"short_{place}": word for place, word in enumerate(looked_for.short_words)}


def _anywhere(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


@cache
def _search(long_words: int, short_words: int, by_ending: bool, postgresql: bool) -> Select[Customer]:
    """One statement for each shape of a search, so that it is compiled once."""
    ways = [select(Customer.id.label("id"), literal(0).label("way")).where(Customer.code == bindparam("code"))]
    if by_ending:
        ways.append(_some(select(Customer.id.label("id"), literal(1).label("way")).where(*_ends_so(postgresql))))
    ways.append(_some(_holding(long_words, short_words, postgresql)))
    found = union_all(*ways).subquery()
    return select(Customer).join(found, found.c.id == Customer.id).order_by(found.c.way, Customer.id)


@cache
def _listing(long_words: int, short_words: int, by_ending: bool, postgresql: bool) -> Select[Any]:
    """The same search, reading no more than a list shows."""
    return _search(long_words, short_words, by_ending, postgresql).with_only_columns(*_LISTED)


def _some(way: Select[int, int]) -> Select[int, int]:
    """At most `limit` rows of one way; a union takes a limit only inside a subquery."""
    return select(way.limit(bindparam("limit", type_=Integer)).subquery())


def _ends_so(postgresql: bool) -> list[ColumnElement[bool]]:
    """Mobiles by their ending, as a range of the reversed column that its index answers."""
    if postgresql:
        return [
            Customer.mobile_reversed.op("~>=~")(bindparam("from")),
            Customer.mobile_reversed.op("~<~")(bindparam("to")),
        ]
    return [Customer.mobile_reversed >= bindparam("from"), Customer.mobile_reversed < bindparam("to")]


def _holding(long_words: int, short_words: int, postgresql: bool) -> Select[int, int]:
    """Customers whose key holds every word: by the index of runs of three letters, or letter by letter if short."""
    key = Customer.search_key
    way = select(Customer.id.label("id"), literal(2).label("way"))
    if postgresql:
        way = way.where(*(key.like(bindparam(f"long_{place}"), escape="\\") for place in range(long_words)))
        return way.where(*(func.strpos(key, bindparam(f"short_{place}")) > 0 for place in range(short_words)))
    if long_words:
        way = way.join(_INDEX, _INDEX.c.rowid == Customer.id)
        way = way.where(_INDEX.c.customer_search.op("MATCH")(bindparam("phrases")))
    return way.where(*(func.instr(key, bindparam(f"short_{place}")) > 0 for place in range(short_words)))
