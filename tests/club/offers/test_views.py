"""The club's offers through the browser's door."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

LogIn = Callable[[str], FlaskClient]
TERMS = {
    "name": "یلدا",
    "category": "ویژه",
    "reward": "credit",
    "percent_bp": "۷٫۵",
    "expires_after_days": "۳۰",
    "active": "y",
}


def test_the_receptionist_sees_offers_and_changes_none(log_in: LogIn) -> None:
    desk = log_in("desk")
    assert "کش‌بک ۵٪" in desk.get("/offers").text
    assert desk.get("/offers/new").status_code == 403
    assert desk.post("/offers/1", data={"name": "دیگر"}).status_code == 403


def test_the_owner_makes_and_changes_offers(log_in: LogIn) -> None:
    owner = log_in("owner")
    assert owner.post("/offers/new", data=TERMS).status_code == 303
    assert "۷٫۵٪ مبلغ" in owner.get("/offers").text
    assert owner.post("/offers/3", data={**TERMS, "percent_bp": "۸"}).status_code == 303
    assert "۸٪ مبلغ" in owner.get("/offers").text
    assert owner.get("/offers/99").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "نام آفر را بنویسید"),
        ({"percent_bp": "۰"}, "درصد اعتبار"),
        ({"usable_after_days": "۴۰"}, "روز پایان اعتبار"),
        ({"usable_after_days": "۹۹۹۹۹۹۹", "expires_after_days": ""}, "از صفر تا ۳۶۵۰"),
        ({"expires_after_days": "۳۶۵۱"}, "از صفر تا ۳۶۵۰"),
        ({"reward": "points", "step_amount": "۱۰۰۰"}, "هر چند ریال چند امتیاز"),
        ({"reward": "points", "step_amount": "۱۰۰۰", "points_per_step": "۱۰۰۰۰۰۱"}, "حداکثر ۱٬۰۰۰٬۰۰۰"),
        ({"priority": "۱۰۰۰۰"}, "از صفر تا ۹۹۹۹"),
        ({"min_amount": "-۵"}, "نمی‌تواند منفی باشد"),
        ({"starts_on": "1405/09/02", "ends_on": "1405/09/01"}, "پیش از آغاز"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_at_its_field(log_in: LogIn, wrong: dict[str, str], said: str) -> None:
    answer = log_in("owner").post("/offers/new", data={**TERMS, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert "ویژه" in answer.text, "nothing typed is lost"
