"""Price lists on screen."""

from collections.abc import Callable
from datetime import datetime

from flask.testing import FlaskClient

from salon.catalog.prices.queries import listed_prices, price_lists
from salon.catalog.prices.rules import PRODUCT, SERVICE, Price, Thing
from salon.catalog.services import add_product
from salon.core.db import transaction
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]
SAID = {"name": "عروس", "priority": "۵", "branch_id": "1", "ends_on": "۱۴۰۵/۱۲/۲۹", "active": "y"}


def test_the_owner_begins_a_list_and_types_its_prices(salon: SmallSalon, log_in: LogIn, now: datetime) -> None:
    with transaction():
        serum = add_product(name="سرم", price=600_000, actor=None, now=now).id
    owner = log_in("owner")
    assert owner.post("/settings/price-lists/new", data=SAID).location == "/settings/price-lists/1"
    found = price_lists()[0]
    assert (found.priority, found.branch_id, found.group_id, str(found.ends_on)) == (5, 1, None, "2027-03-20")
    typed = {f"service-{salon.cut}": "۴۰٬۰۰۰", f"service-{salon.cut}-to": "۵۰٬۰۰۰", f"product-{serum}": "55000"}
    assert owner.post("/settings/price-lists/1", data=typed).status_code == 303
    cut, goods = Thing(SERVICE, salon.cut), Thing(PRODUCT, serum)
    assert listed_prices(1) == {cut: Price(400_000, 500_000, 1), goods: Price(550_000, None, 1)}
    assert 'value="۵۵٬۰۰۰"' in owner.get("/settings/price-lists/1").text
    assert owner.post("/settings/price-lists/1", data={f"product-{serum}": " "}).status_code == 303
    assert listed_prices(1) == {cut: Price(400_000, 500_000, 1)}
    history = owner.get(f"/products/{serum}/edit").text
    assert "از لیست برداشته شد" in history
    assert "خانم گلی" in history
    assert "تاریخچهٔ قیمت" in owner.get(f"/services/{salon.cut}/edit").text


def test_wrong_prices_are_refused_at_their_fields_and_nothing_typed_is_lost(salon: SmallSalon, log_in: LogIn) -> None:
    owner = log_in("owner")
    owner.post("/settings/price-lists/new", data=SAID)
    typed = {
        f"service-{salon.cut}": "ارزان",
        f"service-{salon.color}": "۹",
        f"service-{salon.color}-to": "۸",
        f"service-{salon.brushing}": "",
        f"service-{salon.brushing}-to": "۷",
    }
    refused = owner.post("/settings/price-lists/1", data=typed)
    assert refused.status_code == 422
    assert refused.text.count('aria-invalid="true"') == 3
    for shown in ('value="ارزان"', "مبلغ را با رقم بنویسید.", "سقف قیمت از خود قیمت کمتر است.", "قیمت را بنویسید."):
        assert shown in refused.text
    assert listed_prices(1) == {}


def test_terms_are_changed_and_refused_where_they_are_wrong(salon: SmallSalon, log_in: LogIn) -> None:
    owner = log_in("owner")
    owner.post("/settings/price-lists/new", data=SAID)
    backwards = SAID | {"starts_on": "۱۴۰۶/۰۱/۰۱"}
    refused = owner.post("/settings/price-lists/1/edit", data=backwards)
    assert refused.status_code == 422
    assert "روز پایان پیش از روز آغاز است." in refused.text
    assert owner.post("/settings/price-lists/1/edit", data=SAID | {"branch_id": "", "name": "نوروز"}).status_code == 303
    shown = owner.get("/settings/price-lists").text
    assert "نوروز" in shown
    assert "تا ۱۴۰۵/۱۲/۲۹" in shown
