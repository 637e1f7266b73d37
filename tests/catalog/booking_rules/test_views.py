"""The page of a service about its bookings."""

import pytest
from flask import g

from salon.catalog.booking_rules.queries import said_of, touch_ups
from salon.catalog.booking_rules.rules import Rules, TouchUp
from salon.catalog.prices.queries import own_prices_of

SAID = {
    "least_notice": "۱۲۰",
    "furthest_days": "",
    "patch_hours": "۴۸",
    "patch_months": "۶",
    "touch_ups-0-of_service_id": "1",
    "touch_ups-0-within_days": "۲۱",
    "touch_ups-0-price": "۲۰٬۰۰۰",
    "touch_ups-1-of_service_id": "",
}


@pytest.fixture
def owner(log_in):
    """The owner's browser."""
    return log_in("owner")


def test_rules_touch_ups_and_prices_are_kept_and_shown(owner, salon):
    path = f"/services/{salon.brushing}/booking"
    assert path in owner.get(f"/services/{salon.brushing}/edit").text
    own = {f"price-{salon.negar}": "۵۰٬۰۰۰"}
    assert owner.post(path, data=SAID | own).status_code == 303
    assert said_of([salon.brushing])[salon.brushing] == Rules(120, None, 48, 6)
    assert touch_ups([salon.brushing]) == [TouchUp(salon.brushing, salon.cut, 21, 200_000)]
    assert own_prices_of(salon.brushing)["staff"] == {salon.negar: 500_000}
    shown = owner.get(path).text
    assert all(f'value="{said}"' in shown for said in ("۱۲۰", "۴۸", "۶", "۲۱", "۲۰٬۰۰۰", "۵۰٬۰۰۰"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"patch_hours": ""},
        {"least_notice": "زود"},
        {"touch_ups-0-price": ""},
        {"touch_ups-0-within_days": ""},
        {"price-1": "گران"},
        {"price-1": "−۵"},
    ],
)
def test_what_can_t_be_so_is_said_and_nothing_is_kept(owner, salon, wrong):
    answer = owner.post(f"/services/{salon.brushing}/booking", data=SAID | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert said_of([salon.brushing])[salon.brushing] == Rules()


def test_the_desk_may_not(log_in, salon):
    assert log_in("desk").get(f"/services/{salon.cut}/booking").status_code == 403


def test_nobody_looks_in_from_outside(client, owner, salon):
    assert owner.get("/services/999/booking").status_code == 404
    g.pop("_login_user", None)
    assert client.get(f"/services/{salon.cut}/booking").status_code == 302
