"""Packages are offered with their services, sessions and days; what makes no sense is said at its field."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.catalog.packages.queries import active_packages, package, packages
from salon.catalog.packages.rules import Item, Offer, parts_of
from salon.catalog.packages.services import PackageSpec, add_package, change_package
from salon.core.db import transaction
from salon.core.errors import DomainError, NotFound
from tests.factories import SmallSalon


def offer(price: int, *items: tuple[int, int]) -> Offer:
    """A package of (sessions, own price) of services."""
    held = tuple(Item(place, str(place), sessions, own) for place, (sessions, own) in enumerate(items))
    return Offer(1, "بسته", price, None, True, held)


@pytest.mark.parametrize(
    "sold",
    [
        offer(1_000_000, (3, 450_000)),
        offer(3_000_001, (2, 450_000), (1, 2_800_000), (7, 13)),
        offer(10, (3, 0), (4, 0)),
        offer(0, (3, 450_000)),
    ],
)
def test_the_parts_of_a_package_are_its_price(sold: Offer) -> None:
    parts = parts_of(sold)
    assert sum(part.unit_price * part.item.sessions - part.discount for part in parts) == sold.price
    assert all(0 <= part.discount < part.item.sessions for part in parts)


def spec(salon: SmallSalon, **more: object) -> PackageSpec:
    """Three cuts, unless something else is said."""
    said: dict[str, object] = {"name": "سه کوتاهی", "price": 1_000_000, "valid_days": 90, "items": ((salon.cut, 3),)}
    return PackageSpec(**said | more)  # type: ignore[arg-type]  # each test says one thing of its own type


def test_a_package_that_is_put_aside_is_not_sold(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        package_id = add_package(spec=spec(salon), actor=None, now=now)
        changed = spec(salon, items=((salon.color, 1), (salon.cut, 2)), active=False)
        change_package(package_id=package_id, spec=changed, actor=None, now=now)
    assert [(item.service_id, item.sessions) for item in package(package_id).items] == [
        (salon.color, 1),
        (salon.cut, 2),
    ]
    assert (len(packages()), len(active_packages())) == (1, 0)
    with pytest.raises(NotFound, match="بسته"):
        package(package_id + 1)


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"price": -1}, "price_invalid", "price"),
        ({"price": 10**12 + 1}, "price_invalid", "price"),
        ({"valid_days": 0}, "days_invalid", "valid_days"),
        ({"items": ()}, "package_empty", "items"),
        ({"items": ((1, 0),)}, "sessions_invalid", "items"),
        ({"items": ((1, 2), (1, 3))}, "sessions_invalid", "items"),
        ({"items": ((999, 2),)}, "sessions_invalid", "items"),
    ],
)
def test_what_makes_no_sense_is_refused(
    salon: SmallSalon, now: datetime, wrong: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused, transaction():
        add_package(spec=spec(salon, **wrong), actor=None, now=now)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert packages() == []


def test_two_packages_have_two_names(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        add_package(spec=spec(salon), actor=None, now=now)
    with pytest.raises(DomainError) as refused, transaction():
        add_package(spec=spec(salon), actor=None, now=now)
    assert refused.value.code == "name_taken"


def test_the_owner_writes_a_package_down(salon: SmallSalon, log_in: Callable[[str], FlaskClient]) -> None:
    owner = log_in("owner")
    typed = {"name": "ده لیزر", "price": "۱۲٬۰۰۰٬۰۰۰", "valid_days": "۱۸۰", "active": "y"}
    refused = owner.post("/settings/packages/new", data=typed | {f"sessions-{salon.cut}": "ده تا"})
    assert refused.status_code == 422
    assert "ده تا" in refused.text
    answer = owner.post("/settings/packages/new", data=typed | {f"sessions-{salon.cut}": "۱۰"})
    assert answer.status_code == 303
    (kept,) = packages()
    assert (kept.name, kept.valid_days, kept.items[0].sessions) == ("ده لیزر", 180, 10)
    assert "ده لیزر" in owner.get("/settings/packages").text
    shown = owner.get(f"/settings/packages/{kept.id}/edit").text
    assert 'value="۱۰"' in shown
    answer = owner.post(
        f"/settings/packages/{kept.id}/edit", data=typed | {"name": "پنج لیزر", f"sessions-{salon.color}": "5"}
    )
    assert answer.status_code == 303
    (kept,) = packages()
    assert (kept.name, [(item.service_id, item.sessions) for item in kept.items]) == ("پنج لیزر", [(salon.color, 5)])
