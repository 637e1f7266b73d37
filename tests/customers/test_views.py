"""Screens of customers."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from salon.core.db import db, transaction
from salon.customers import queries
from salon.customers.models import Customer
from tests.factories import SmallSalon, open_second_branch

LogIn = Callable[[str], FlaskClient]
SAID = {
    "first_name": "مینا",
    "last_name": "رضایی",
    "mobile": "۰۹۳۵ ۱۱۱ ۲۲۳۳",
    "birthday": "۱۳۷۰/۰۷/۰۱",
    "wedding_day": "",
    "allergies": "اکسیدان",
    "note": "چای بی قند",
    "code": "",
}


def test_the_desk_opens_a_file(log_in: LogIn) -> None:
    client = log_in("desk")
    answer = client.post("/customers/new", data=SAID)
    assert answer.status_code == 303
    added = queries.by_mobile("09351112233")
    assert added is not None
    assert (added.birthday, added.allergies) == (date(1991, 9, 23), "اکسیدان")
    shown = client.get(answer.location).text
    assert "حساسیت: اکسیدان" in shown
    assert "۰۹۳۵۱۱۱۲۲۳۳" in shown


def test_what_was_looked_for_in_vain_begins_the_new_file(log_in: LogIn) -> None:
    client = log_in("desk")
    named = client.get("/customers/new?q=پریسا راد").text
    assert 'value="پریسا"' in named
    assert 'value="راد"' in named
    assert "۰۹۳۵۱۱۱۲۲۳۳" in client.get("/customers/new?q=09351112233").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first_name": ""}, "نام مشتری را بنویسید."),
        ({"mobile": ""}, "مشتری گذری"),
        ({"mobile": "09123456789"}, "زهرا کریمی (کد ۱۰۰۱)"),
        ({"birthday": "۱۳۷۰/۱۳/۰۱"}, "تاریخ را مانند"),
        ({"birthday": "۱۴۹۹/۰۱/۰۱"}, "این روز هنوز نیامده است."),
    ],
)
def test_a_wrong_file_is_refused_at_its_field_and_nothing_typed_is_lost(
    log_in: LogIn, wrong: dict[str, str], sentence: str
) -> None:
    answer = log_in("desk").post("/customers/new", data=SAID | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="اکسیدان"' in answer.text
    assert "چای بی قند" in answer.text
    assert queries.count() == 1


def test_a_shared_mobile_and_a_walk_in_are_let_in_knowingly(log_in: LogIn) -> None:
    client = log_in("desk")
    assert client.post("/customers/new", data=SAID | {"mobile": "09123456789", "shared_mobile": "y"}).status_code == 303
    assert client.post("/customers/new", data=SAID | {"mobile": "", "is_walk_in": "y"}).status_code == 303
    assert queries.count() == 3


def test_the_list_is_searched_while_typing(log_in: LogIn) -> None:
    client = log_in("desk")
    client.post("/customers/new", data=SAID)
    part = client.get("/customers?q=رضا", headers={"HX-Request": "true"}).text
    assert "مینا رضایی" in part
    assert "زهرا" not in part
    assert "<html" not in part
    nobody = client.get("/customers?q=پریسا", headers={"HX-Request": "true"}).text
    assert "کسی با «پریسا» یافت نشد." in nobody
    whole = client.get("/customers").text
    assert "مینا رضایی" in whole
    assert "زهرا کریمی" in whole


def test_the_desk_changes_a_file_but_not_the_debt_limit(log_in: LogIn, salon: SmallSalon) -> None:
    said = SAID | {"is_member": "y", "debt_limit": "۱"}
    assert log_in("desk").post(f"/customers/{salon.zahra}/edit", data=said).status_code == 303
    changed = queries.customer(salon.zahra)
    assert (changed.full_name, changed.debt_limit) == ("مینا رضایی", None)


def test_the_owner_sets_a_debt_limit_of_her_own(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    said = SAID | {"is_member": "y", "debt_limit": "۷۰۰٬۰۰۰"}
    assert client.post(f"/customers/{salon.zahra}/edit", data=said).status_code == 303
    assert queries.customer(salon.zahra).debt_limit == 7_000_000
    refused = client.post(f"/customers/{salon.zahra}/edit", data=said | {"debt_limit": "-۵"})
    assert refused.status_code == 422


def test_strangers_see_nobody_and_unknown_numbers_are_not_found(
    client: FlaskClient, log_in: LogIn, salon: SmallSalon
) -> None:
    for path in ("/customers", "/customers/new", f"/customers/{salon.zahra}"):
        assert client.get(path).status_code == 302
    assert log_in("desk").get("/customers/999").status_code == 404


def test_another_branch_changes_her_card_and_she_stays_the_own_client_she_was(
    salon: SmallSalon, log_in: LogIn, now: datetime
) -> None:
    open_second_branch(now)
    with transaction() as session:
        session.execute(update(Customer).where(Customer.id == salon.zahra).values(own_staff_id=salon.sara))
    east = log_in("east")
    page = f"/customers/{salon.zahra}"
    assert "سارا احمدی" in east.get(page).text
    assert f'<option selected value="{salon.sara}">' in east.get(f"{page}/edit").text
    said = {"first_name": "زهرا", "last_name": "کریمی", "mobile": "09123456789", "is_member": "y"}
    assert east.post(f"{page}/edit", data=said | {"own_staff_id": str(salon.sara)}).status_code == 303
    db.session.rollback()
    assert queries.customer(salon.zahra).own_staff_id == salon.sara
