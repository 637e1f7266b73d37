"""What the salon sells."""

from datetime import datetime

import pytest

from salon.catalog import queries, services
from salon.core.db import transaction
from salon.core.errors import DomainError
from tests.factories import SmallSalon


def test_a_service_gets_a_code_when_none_is_typed(salon: SmallSalon) -> None:
    assert [queries.service(service_id).code for service_id in (salon.cut, salon.color)] == ["1", "2"]


CUT = {"name": "کوتاهی", "price": 1, "duration": 1, "category": "", "price_to": None, "active": True}


def test_a_service_that_names_nobody_is_done_by_everybody(salon: SmallSalon, now: datetime) -> None:
    assert queries.staff_ids_of(salon.cut) == set()
    with transaction():
        services.change_service(service_id=salon.cut, **CUT, staff_ids=[salon.sara] * 2, actor=None, now=now)
    assert queries.staff_ids_of(salon.cut) == {salon.sara}
    assert queries.staff_ids_by_service() == {salon.cut: {salon.sara}}
    with transaction():
        services.change_service(service_id=salon.cut, **CUT, actor=None, now=now)
    assert queries.staff_ids_of(salon.cut) == {salon.sara}, "a price list that names nobody leaves who does it"
    with transaction():
        services.change_service(service_id=salon.cut, **CUT, staff_ids=[], actor=None, now=now)
    assert queries.staff_ids_of(salon.cut) == set()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"price": -1}, "price_invalid", "price"),
        ({"price_to": 99}, "price_range_invalid", "price_to"),
        ({"duration": 0}, "duration_invalid", "duration"),
        ({"duration": 1440}, "duration_invalid", "duration"),
        ({"code": "۱"}, "service_exists", "code"),
    ],
)
def test_a_service_that_cannot_be_is_refused_at_its_field(
    salon: SmallSalon, now: datetime, wrong: dict[str, object], code: str, field: str
) -> None:
    said: dict[str, object] = {"name": "مش", "price": 100, "duration": 30} | wrong
    with pytest.raises(DomainError) as refusal, transaction():
        services.add_service(**said, actor=None, now=now)  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_service_that_is_not_sold_any_more_is_not_offered(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        services.change_service(
            service_id=salon.cut,
            name="کوتاهی",
            price=1,
            duration=1,
            category="",
            price_to=None,
            active=False,
            actor=None,
            now=now,
        )
    assert salon.cut not in {service.id for service in queries.active_services()}
    assert salon.cut in {service.id for service in queries.all_services()}


def test_products_have_codes_of_their_own(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        shampoo = services.add_product(name="شامپو", price=2_500_000, brand="لورآل", actor=None, now=now)
    assert shampoo.code == "1"
    with pytest.raises(DomainError) as refusal, transaction():
        services.add_product(name="ماسک", price=1, code="1", actor=None, now=now)
    assert refusal.value.code == "product_exists"
    with pytest.raises(DomainError), transaction():
        services.add_product(name="ماسک", price=-1, actor=None, now=now)
    assert [product.name for product in queries.active_products()] == ["شامپو"]
