"""Services and products, known by their codes; what a file says anew is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...catalog.models import Product, Service
from ...catalog.queries import product_by_code, service_by_code
from ...catalog.services import add_product, add_service, change_product, change_service
from ...core.lengths import longest
from ..errors import value_missing
from ..rows.rules import Field, Row
from ..rules import Books, Did, Kind, Plan, Stored, plan_rows
from .rules import Sold, SoldFact, looked_over, new, over


@dataclass(frozen=True)
class Shelf:
    """Where services or products stand: how one is found with its id, put there, and changed."""

    find: Callable[[str], tuple[int, Sold] | None]
    add: Callable[[Sold, Books], None]
    change: Callable[[int, Sold, Books], object]

    def store(self, fact: SoldFact, books: Books) -> Stored:
        """Put something there, or change what the file says otherwise; what it does not say stays."""
        found = self.find(fact.code)
        if found is None:
            self.add(new(fact), books)
            return Stored(Did.ADDED)
        thing_id, known = found
        after = over(known, fact)
        if after == known:
            return Stored(Did.UNCHANGED)
        self.change(thing_id, after, books)
        return Stored(Did.CHANGED)


def _service(row: Row) -> SoldFact:
    code, name = _code_and_name(row)
    low, high = row.price_range("price") if row.has("price") else (None, None)
    return SoldFact(
        code=code,
        name=name,
        category=_said(row, "category", longest(Service.category)),
        price=low,
        active=row.flag("active"),
        price_to=row.amount("price_to") if row.has("price_to") else high,
        duration=row.whole("duration"),
        materials=row.amount("materials") if row.has("materials") else None,
    )


def _product(row: Row) -> SoldFact:
    code, name = _code_and_name(row)
    return SoldFact(
        code=code,
        name=name,
        category=_said(row, "category", longest(Product.category)),
        price=row.price_range("price")[0] if row.has("price") else None,
        active=row.flag("active"),
        brand=_said(row, "brand", longest(Product.brand)),
    )


def _code_and_name(row: Row) -> tuple[str, str | None]:
    """The code, for which the name stands in, and the name where there is one."""
    code, name = row.code("code", longest(Service.code)), row.text("name", longest(Service.name))
    if not code and not name:
        raise value_missing(row.labels["name"])
    return code or row.code("name", longest(Service.code)), name or None


def _said(row: Row, name: str, most: int) -> str | None:
    return row.text(name, most) if row.has(name) else None


def _plan_services(rows: Sequence[Row], books: Books) -> Plan[SoldFact]:
    return looked_over(plan_rows(rows, _service), books.services)


def _plan_products(rows: Sequence[Row], books: Books) -> Plan[SoldFact]:
    return looked_over(plan_rows(rows, _product), books.products)


def _find_service(code: str) -> tuple[int, Sold] | None:
    known = service_by_code(code)
    if known is None:
        return None
    kept = Sold(
        known.code,
        known.name,
        known.category,
        known.price,
        known.active,
        known.price_to,
        known.duration,
        materials=known.materials,
    )
    return known.id, kept


def _find_product(code: str) -> tuple[int, Sold] | None:
    known = product_by_code(code)
    if known is None:
        return None
    return known.id, Sold(known.code, known.name, known.category, known.price, known.active, brand=known.brand)


def _add_service(sold: Sold, books: Books) -> None:
    added = add_service(
        name=sold.name,
        price=sold.price,
        duration=sold.duration,
        code=sold.code,
        category=sold.category,
        price_to=sold.price_to,
        materials=sold.materials,
        actor=books.actor,
        now=books.now,
    )
    if not sold.active:
        _change_service(added.id, sold, books)


def _add_product(sold: Sold, books: Books) -> None:
    added = add_product(
        name=sold.name,
        price=sold.price,
        code=sold.code,
        category=sold.category,
        brand=sold.brand,
        actor=books.actor,
        now=books.now,
    )
    if not sold.active:
        _change_product(added.id, sold, books)


def _change_service(service_id: int, sold: Sold, books: Books) -> Service:
    return change_service(
        service_id=service_id,
        name=sold.name,
        price=sold.price,
        duration=sold.duration,
        category=sold.category,
        price_to=sold.price_to,
        materials=sold.materials,
        active=sold.active,
        actor=books.actor,
        now=books.now,
    )


def _change_product(product_id: int, sold: Sold, books: Books) -> Product:
    return change_product(
        product_id=product_id,
        name=sold.name,
        price=sold.price,
        category=sold.category,
        brand=sold.brand,
        active=sold.active,
        actor=books.actor,
        now=books.now,
    )


SERVICES = Kind(
    "services",
    (
        Field("code", ("کد خدمت", "کد")),
        Field("name", ("نام خدمت", "خدمت", "نام", "شرح")),
        Field("category", ("گروه", "دسته")),
        Field("price", ("قیمت", "نرخ", "مبلغ")),
        Field("price_to", ("سقف قیمت", "تا قیمت")),
        Field("duration", ("مدت", "مدت (دقیقه)")),
        Field("materials", ("هزینهٔ مواد", "هزینه مواد", "مواد")),
        Field("active", ("فعال",)),
    ),
    _plan_services,
    Shelf(_find_service, _add_service, _change_service).store,
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
    Shelf(_find_product, _add_product, _change_product).store,
)
