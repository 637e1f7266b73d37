"""Services and products, known by their codes; what a file says anew is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...catalog.models import Product, Service
from ...catalog.queries import product_by_code, service_by_code
from ...catalog.services import add_product, add_service, change_product, change_service
from ..errors import code_repeated, name_from_code, value_missing
from ..rows.rules import Field, Row
from ..rules import Books, Did, Finding, Kind, Plan, Stored, plan_rows, refusal_at, without_repeats

Value = TypeVar("Value")
_CODE = 80
_DURATION = 60  # minutes, of a service whose file knows none


@dataclass(frozen=True)
class ServiceFact:
    """A service as a file knows it; None is what the file does not say. Rials, minutes."""

    code: str
    name: str
    category: str | None
    price: int | None
    price_to: int | None
    duration: int | None
    active: bool | None


@dataclass(frozen=True)
class ProductFact:
    """A product as a file knows it; None is what the file does not say. Rials."""

    code: str
    name: str
    category: str | None
    brand: str | None
    price: int | None
    active: bool | None


def _names(row: Row) -> tuple[str, str]:
    """Code and name; either stands in for the other."""
    code, name = row.code("code", _CODE), row.text("name", 160)
    if not code and not name:
        raise value_missing(row.labels["name"])
    return code or row.code("name", _CODE), name or code


def _said(row: Row, name: str, longest: int) -> str | None:
    return row.text(name, longest) if row.has(name) else None


def _service(row: Row) -> ServiceFact:
    code, name = _names(row)
    low, high = row.price_range("price") if row.has("price") else (None, None)
    return ServiceFact(
        code=code,
        name=name,
        category=_said(row, "category", 80),
        price=low,
        price_to=row.amount("price_to") if row.has("price_to") else high,
        duration=row.whole("duration"),
        active=row.flag("active"),
    )


def _product(row: Row) -> ProductFact:
    code, name = _names(row)
    return ProductFact(
        code=code,
        name=name,
        category=_said(row, "category", 80),
        brand=_said(row, "brand", 80),
        price=row.price_range("price")[0] if row.has("price") else None,
        active=row.flag("active"),
    )


def _plan_services(rows: Sequence[Row], books: Books) -> Plan[ServiceFact]:
    plan = without_repeats(plan_rows(rows, _service), lambda fact: fact.code, code_repeated)
    plan.warnings += _nameless(rows)
    return plan


def _plan_products(rows: Sequence[Row], books: Books) -> Plan[ProductFact]:
    plan = without_repeats(plan_rows(rows, _product), lambda fact: fact.code, code_repeated)
    plan.warnings += _nameless(rows)
    return plan


def _nameless(rows: Sequence[Row]) -> list[Finding]:
    """What is called by its code because its name is blank."""
    return [
        refusal_at(row.line, name_from_code(row.text("code")))
        for row in rows
        if row.text("code") and not row.text("name")
    ]


def _store_service(fact: ServiceFact, books: Books) -> Stored:
    known = service_by_code(fact.code)
    if known is not None:
        return _change_service(known, fact, books)
    added = add_service(
        name=fact.name,
        price=fact.price or 0,
        duration=_DURATION if fact.duration is None else fact.duration,
        code=fact.code,
        category=fact.category or "",
        price_to=fact.price_to,
        actor=books.actor,
        now=books.now,
    )
    if fact.active is False:
        _change_service(added, fact, books)
    return Stored(Did.ADDED)


def _change_service(known: Service, fact: ServiceFact, books: Books) -> Stored:
    """Change what the file says otherwise; what it does not say stays."""
    before = (known.name, known.price, known.price_to, known.duration, known.category, known.active)
    price, price_to = _or(fact.price, known.price), known.price_to if fact.price is None else fact.price_to
    duration, category = _or(fact.duration, known.duration), _or(fact.category, known.category)
    active = _or(fact.active, known.active)
    if before == (fact.name, price, price_to, duration, category, active):
        return Stored(Did.UNCHANGED)
    change_service(
        service_id=known.id,
        name=fact.name,
        price=price,
        duration=duration,
        category=category,
        price_to=price_to,
        active=active,
        actor=books.actor,
        now=books.now,
    )
    return Stored(Did.CHANGED)


def _store_product(fact: ProductFact, books: Books) -> Stored:
    known = product_by_code(fact.code)
    if known is not None:
        return _change_product(known, fact, books)
    added = add_product(
        name=fact.name,
        price=fact.price or 0,
        code=fact.code,
        category=fact.category or "",
        brand=fact.brand or "",
        actor=books.actor,
        now=books.now,
    )
    if fact.active is False:
        _change_product(added, fact, books)
    return Stored(Did.ADDED)


def _change_product(known: Product, fact: ProductFact, books: Books) -> Stored:
    """Change what the file says otherwise; what it does not say stays."""
    before = (known.name, known.price, known.category, known.brand, known.active)
    price, category = _or(fact.price, known.price), _or(fact.category, known.category)
    brand, active = _or(fact.brand, known.brand), _or(fact.active, known.active)
    if before == (fact.name, price, category, brand, active):
        return Stored(Did.UNCHANGED)
    change_product(
        product_id=known.id,
        name=fact.name,
        price=price,
        category=category,
        brand=brand,
        active=active,
        actor=books.actor,
        now=books.now,
    )
    return Stored(Did.CHANGED)


def _or(said: Value | None, known: Value) -> Value:
    return known if said is None else said


SERVICES = Kind(
    "services",
    (
        Field("code", ("کد خدمت", "کد")),
        Field("name", ("نام خدمت", "خدمت", "نام", "شرح")),
        Field("category", ("گروه", "دسته")),
        Field("price", ("قیمت", "نرخ", "مبلغ")),
        Field("price_to", ("سقف قیمت", "تا قیمت")),
        Field("duration", ("مدت", "مدت (دقیقه)")),
        Field("active", ("فعال",)),
    ),
    _plan_services,
    _store_service,
)

PRODUCTS = Kind(
    "products",
    (
        Field("code", ("کد کالا", "کد")),
        Field("name", ("نام کالا", "کالا", "نام", "شرح")),
        Field("category", ("گروه", "دسته")),
        Field("brand", ("برند", "مارک")),
        Field("price", ("قیمت", "قیمت فروش", "مبلغ")),
        Field("active", ("فعال",)),
    ),
    _plan_products,
    _store_product,
)
