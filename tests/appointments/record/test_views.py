"""The page of a customer about her bookings, and what the desk sees of it."""

from datetime import timedelta

import pytest
from flask import g

from salon.appointments.models import Appointment
from salon.appointments.patch_tests.queries import patch_tests_of
from salon.appointments.record.queries import own_terms_of
from salon.core import clock
from salon.core.db import transaction
from salon.core.jalali import format_date, local_date
from salon.setup.queries import profile


@pytest.fixture
def desk(log_in):
    """The receptionist's browser."""
    return log_in("desk")


@pytest.fixture
def missed(salon):
    """Zahra did not come a week ago."""
    then = clock.now() - timedelta(days=7)
    with transaction() as session:
        kept = {"branch_id": salon.branch_id, "customer_id": salon.zahra, "status": "no_show"}
        session.add(Appointment(**kept, starts_at=then, created_at=then, status_at=then))


def patch_test(salon, days=-1, **more):
    day = format_date(local_date(clock.now() + timedelta(days=days)), "numeric")
    return {"service_id": salon.cut, "tested_on": day, "tested_time": "۱۰:۰۰", "result": "clear", "note": "دست"} | more


def test_a_patch_test_is_put_on_file(desk, salon):
    page = f"/customers/{salon.zahra}/booking"
    assert page in desk.get(f"/customers/{salon.zahra}").text
    assert "تستی ثبت نشده است" in desk.get(page).text
    asked = patch_test(salon, result="reaction")
    assert desk.post(f"/customers/{salon.zahra}/patch-tests", data=asked).location == page
    (kept,) = patch_tests_of(salon.zahra)
    assert (kept.service, kept.result, kept.note) == ("کوتاهی", "reaction", "دست")
    assert all(word in desk.get(page).text for word in ("واکنش داد", "۱۰:۰۰", kept.by))


@pytest.mark.parametrize("wrong", [{"service_id": ""}, {"tested_on": "دیروز"}, {"result": "x"}, {"tested_time": ""}])
def test_a_patch_test_that_can_t_be_so_is_refused_and_nothing_typed_is_lost(desk, salon, wrong):
    answer = desk.post(f"/customers/{salon.zahra}/patch-tests", data=patch_test(salon) | wrong)
    assert answer.status_code == 422 and 'value="دست"' in answer.text
    assert desk.post(f"/customers/{salon.zahra}/patch-tests", data=patch_test(salon, 1)).status_code == 422
    assert patch_tests_of(salon.zahra) == []


def test_the_desk_says_how_long_her_hair_takes_and_the_owner_what_it_costs_her(desk, log_in, salon):
    path = f"/customers/{salon.zahra}/own-terms"
    asked = {"own_service_id": salon.cut, "minutes": "۲۰", "price": "۴۰٬۰۰۰"}
    assert desk.post(path, data=asked).status_code == 303
    assert own_terms_of(salon.zahra) == [(salon.cut, "کوتاهی", 20, None)]
    g.pop("_login_user", None)
    assert log_in("owner").post(path, data=asked | {"minutes": "-۵"}).status_code == 303
    assert own_terms_of(salon.zahra) == [(salon.cut, "کوتاهی", -5, 400_000)]
    assert "۴۰٬۰۰۰" in desk.get(f"/customers/{salon.zahra}/booking").text
    assert desk.post(path, data=asked | {"minutes": "زیاد"}).status_code == 422


def test_her_misses_are_seen_at_the_desk_with_what_the_ladder_asks(desk, salon, missed):
    assert "۱ نیامدن در ۱۲ ماه گذشته" in desk.get(f"/desk/panel/{salon.zahra}").text
    assert "بیعانه بگیرید" not in desk.get(f"/desk/panel/{salon.zahra}").text
    with transaction():
        profile().misses_before_deposit = 1
    assert "۱ نیامدن در ۱۲ ماه گذشته؛ بیعانه بگیرید (۳۰٪ قیمت)" in desk.get(f"/desk/panel/{salon.zahra}").text
    assert "۱ نیامدن" in desk.get(f"/customers/{salon.zahra}/booking").text


def test_nobody_looks_in_from_outside(client, log_in, salon):
    assert client.get(f"/customers/{salon.zahra}/booking").status_code == 302
    g.pop("_login_user", None)
    assert log_in("desk").get("/customers/999/booking").status_code == 404
