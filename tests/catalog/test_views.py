"""Screens of services and products."""

from collections.abc import Callable

from flask.testing import FlaskClient

from salon.catalog import queries
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
SERVICE = {"name": "مش", "category": "رنگ", "price": "۱٬۲۰۰٬۰۰۰", "price_to": "", "duration": "۹۰", "code": ""}
PRODUCT = {"name": "شامپو", "brand": "لورآل", "category": "مو", "price": "۲۵۰٬۰۰۰"}


def test_the_owner_sells_a_service_priced_in_her_own_unit(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    assert client.post("/services/new", data=SERVICE | {"staff_ids": [str(salon.negar)]}).status_code == 303
    added = next(service for service in queries.all_services() if service.name == "مش")
    assert (added.price, added.price_to, added.duration) == (12_000_000, None, 90)
    assert queries.staff_ids_of(added.id) == {salon.negar}
    shown = client.get("/services").text
    assert "۱٬۲۰۰٬۰۰۰" in shown
    assert "نگار رضایی" in shown


def test_a_wrong_service_is_refused_and_nothing_typed_is_lost(log_in: LogIn) -> None:
    answer = log_in("owner").post("/services/new", data=SERVICE | {"price": "گران", "duration": "۰"})
    assert answer.status_code == 422
    assert "مبلغ را با رقم بنویسید." in answer.text
    assert 'value="گران"' in answer.text
    assert 'value="مش"' in answer.text


def test_somebody_of_another_salon_cannot_be_named(log_in: LogIn) -> None:
    assert log_in("owner").post("/services/new", data=SERVICE | {"staff_ids": ["999"]}).status_code == 422


def test_the_owner_changes_a_service(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    assert 'value="۴۵٬۰۰۰"' in client.get(f"/services/{salon.cut}/edit").text
    assert client.post(f"/services/{salon.cut}/edit", data=SERVICE | {"price_to": "۱٬۵۰۰٬۰۰۰"}).status_code == 303
    changed = queries.service(salon.cut)
    assert (changed.price_to, changed.active) == (15_000_000, False)
    refused = client.post(f"/services/{salon.cut}/edit", data=SERVICE | {"price_to": "۱"})
    assert refused.status_code == 422
    assert "سقف قیمت از خود قیمت کمتر است." in refused.text


def test_the_owner_sells_and_changes_a_product(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    assert client.post("/products/new", data=PRODUCT | {"code": "L1"}).status_code == 303
    added = queries.product_by_code("L1")
    assert added is not None
    assert added.price == 2_500_000
    assert "لورآل" in client.get("/products").text
    refused = client.post("/products/new", data=PRODUCT | {"code": "L1"})
    assert refused.status_code == 422
    assert "این کد را کالای دیگری دارد." in refused.text
    assert client.post(f"/products/{added.id}/edit", data=PRODUCT | {"name": "ماسک", "active": "y"}).status_code == 303
    assert queries.product(added.id).name == "ماسک"


def test_the_receptionist_sees_prices_but_changes_none(log_in: LogIn, client: FlaskClient, salon: SmallSalon) -> None:
    assert client.get("/services").status_code == 302
    desk = log_in("desk")
    for path in ("/services", "/products"):
        shown = desk.get(path)
        assert shown.status_code == 200
        assert f"{path}/new" not in shown.text
        assert desk.get(f"{path}/new").status_code == 403
    assert desk.post(f"/services/{salon.cut}/edit", data=SERVICE).status_code == 403
