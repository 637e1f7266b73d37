"""Letting customers in, changing them, finding them."""

from dataclasses import fields
from datetime import date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.customers import queries, services
from salon.customers.models import Customer
from tests.factories import SmallSalon


def _add(salon: SmallSalon, now: datetime, code: str | None = None, **said: Any) -> Customer:
    spec = services.CustomerSpec(**said)
    with transaction():
        return services.add_customer(branch_id=salon.branch_id, spec=spec, code=code, actor=None, now=now)


def _change(customer: Customer, now: datetime, debt_limit: int | None = None, **changes: Any) -> Customer:
    said = {field.name: getattr(customer, field.name) for field in fields(services.CustomerSpec)} | changes
    with transaction():
        return services.change_customer(
            customer_id=customer.id,
            spec=services.CustomerSpec(**said),
            is_member=customer.is_member,
            debt_limit=debt_limit,
            actor=None,
            now=now,
        )


def test_codes_begin_at_1001_and_skip_those_in_use(salon: SmallSalon, now: datetime) -> None:
    assert queries.customer(salon.zahra).code == "1001"
    _add(salon, now, first_name="الف", code="۱۰۰۲")
    _add(salon, now, first_name="ب", code="1003")
    assert [_add(salon, now, first_name="پ").code for _ in range(2)] == ["1004", "1005"]


def test_a_code_belongs_to_one_customer(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(DomainError) as refusal:
        _add(salon, now, first_name="الف", code="1001")
    assert (refusal.value.code, refusal.value.field) == ("code_taken", "code")


@pytest.mark.parametrize("mobile", ["09123456789", "+98 912 345 6789", "۰۹۱۲-۳۴۵-۶۷۸۹", "9123456789"])
def test_a_known_mobile_is_refused_with_its_owner_however_it_is_typed(
    salon: SmallSalon, now: datetime, mobile: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        _add(salon, now, first_name="مینا", mobile=mobile)
    assert (refusal.value.code, refusal.value.field) == ("customer_exists", "mobile")
    assert "زهرا کریمی (کد ۱۰۰۱)" in refusal.value.message


def test_mother_and_daughter_may_knowingly_share_a_mobile(salon: SmallSalon, now: datetime) -> None:
    daughter = _add(salon, now, first_name="نازنین", mobile="09123456789", shared_mobile=True)
    owner = queries.by_mobile("09123456789")
    assert owner is not None
    assert owner.id == salon.zahra
    assert _change(queries.customer(salon.zahra), now, note="چای").note == "چای"
    with pytest.raises(DomainError):
        _change(queries.customer(daughter.id), now, shared_mobile=False)


def test_two_desks_that_add_the_same_mobile_at_once_add_one_customer(
    app: Flask, salon: SmallSalon, now: datetime
) -> None:
    outcomes: list[str] = []
    together = Barrier(4)

    def desk() -> None:
        with app.app_context():
            together.wait()
            try:
                _add(salon, now, first_name="مینا", mobile="09351112233")
                outcomes.append("added")
            except DomainError as refusal:
                outcomes.append(refusal.code)

    desks = [Thread(target=desk) for _ in range(4)]
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    assert sorted(outcomes) == ["added"] + ["customer_exists"] * 3


def test_the_database_itself_refuses_a_second_owner_of_a_mobile(salon: SmallSalon, now: datetime) -> None:
    with pytest.raises(DomainError) as refusal, transaction() as session:
        twin = Customer(branch_id=salon.branch_id, code="x", first_name="x", mobile="09123456789", created_at=now)
        session.add(twin)
    assert (refusal.value.code, refusal.value.field) == ("customer_exists", "mobile")


def test_a_walk_in_needs_no_mobile_and_is_no_member(salon: SmallSalon, now: datetime) -> None:
    guest = _add(salon, now, first_name="گذری", is_walk_in=True)
    assert (guest.mobile, guest.is_member) == (None, False)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"first_name": " "}, "first_name_missing", "first_name"),
        ({"first_name": "مینا", "mobile": "12345"}, "mobile_invalid", "mobile"),
        ({"first_name": "مینا", "birthday": date(2026, 11, 22)}, "day_ahead", "birthday"),
        ({"first_name": "مینا", "wedding_day": date(2030, 1, 1)}, "day_ahead", "wedding_day"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    salon: SmallSalon, now: datetime, said: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        _add(salon, now, **said)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_new_name_and_mobile_are_found_and_the_old_ones_are_not(salon: SmallSalon, now: datetime) -> None:
    _change(queries.customer(salon.zahra), now, first_name="پروانه", mobile="09387654321")
    assert [found.id for found in queries.search("پروانه")] == [salon.zahra]
    assert [found.id for found in queries.search("4321")] == [salon.zahra]
    assert queries.search("زهرا") == []
    assert queries.search("6789") == []


def test_who_is_taken_out_is_not_found_under_the_number_of_the_next(salon: SmallSalon, now: datetime) -> None:
    gone = _add(salon, now, first_name="پروانه", last_name="موسوی").id
    with transaction() as session:
        session.execute(delete(Customer).where(Customer.id == gone))
    _add(salon, now, first_name="مینا")
    assert queries.search("پروانه") == []


@pytest.mark.parametrize(
    "typed",
    [
        "زهرا",
        "كريمي",
        "کریمی زهرا",
        "زهرا کر",
        "زه",
        "1001",
        "۱۰۰۱",
        "09123456789",
        "+98 912 345 6789",
        "6789",
        "۸۹",
        "0912",
        "345",
        "زهرا 6789",
    ],
)
def test_a_customer_is_found_by_name_code_or_mobile_however_typed(salon: SmallSalon, now: datetime, typed: str) -> None:
    _add(salon, now, first_name="نگین", last_name="موسوی", mobile="09351112244")
    assert [found.id for found in queries.search(typed)] == [salon.zahra]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", '"', "' OR 1=1", "زهرا*", "NEAR(", "\\", "‌"])
def test_signs_find_nobody_and_break_nothing(salon: SmallSalon, typed: str) -> None:
    assert queries.search(typed) == []


def test_her_own_code_comes_before_mobiles_that_end_so(salon: SmallSalon, now: datetime) -> None:
    ending = _add(salon, now, first_name="مینا", mobile="09351111001")
    holding = _add(salon, now, first_name="سارا", mobile="09351001222")
    assert [found.id for found in queries.search("1001")] == [salon.zahra, ending.id, holding.id]
    assert [found.id for found in queries.search("1001", limit=1)] == [salon.zahra]


def test_nobody_is_found_by_what_spans_two_facts(salon: SmallSalon) -> None:
    key = db.session.scalar(select(Customer.search_key).where(Customer.id == salon.zahra))
    assert key == "1001 زهراکریمی 09123456789"
    assert queries.search("1001زهرا") == []


def test_an_unknown_number_is_refused(salon: SmallSalon) -> None:
    with pytest.raises(DomainError) as refusal:
        queries.customer(999)
    assert refusal.value.code == "customer_unknown"
    assert queries.by_code("999") is None
    assert queries.by_mobile("nonsense") is None
