"""Setting a salon up, and its profile."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.setup import queries, services
from salon.setup.models import FiscalYear
from tests.factories import SmallSalon

SPEC = services.ProfileSpec("گل‌نرگس", "rial", 600, 1320, 1000, 0, "باشگاه", date(2026, 3, 21), 5000, 120)


def test_a_salon_is_set_up_once_with_a_branch_and_this_years_books(salon: SmallSalon, now: datetime) -> None:
    assert queries.profile().name == "سالن گل‌نرگس"
    assert queries.default_branch().id == salon.branch_id
    year = db.session.scalars(select(FiscalYear)).one()
    assert (year.jalali_year, year.starts_on, year.ends_before) == (1405, date(2026, 3, 21), date(2027, 3, 21))
    with pytest.raises(DomainError) as refusal, transaction():
        services.init_salon(name="دومی", actor=None, now=now)
    assert refusal.value.code == "salon_exists"


def test_an_app_without_a_salon_says_so(app: Flask) -> None:
    with pytest.raises(DomainError) as refusal:
        queries.profile()
    assert refusal.value.code == "salon_missing"


def test_the_books_of_a_year_are_opened_once(salon: SmallSalon) -> None:
    with transaction():
        for day in (date(2026, 11, 21), date(2027, 3, 21), date(2027, 5, 1)):
            services.ensure_fiscal_year(day)
    assert db.session.scalar(select(func.count()).select_from(FiscalYear)) == 2


def test_the_owner_changes_how_the_salon_works(salon: SmallSalon, now: datetime) -> None:
    with transaction():
        services.change_profile(spec=SPEC, actor=None, now=now)
        services.change_branch(name="ونک", phone="۸۸۷۷", address="ونک", actor=None, now=now)
    changed = queries.profile()
    assert (changed.currency, changed.opens_at, changed.tax_bp, changed.redeem_ceiling_bp) == ("rial", 600, 1000, 5000)
    assert queries.default_branch().name == "ونک"


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"currency": "dollar"}, "currency_unknown", "currency"),
        ({"closes_at": 600}, "hours_invalid", "closes_at"),
        ({"tax_bp": 10_001}, "percent_invalid", "tax_bp"),
        ({"redeem_ceiling_bp": -1}, "percent_invalid", "redeem_ceiling_bp"),
        ({"debt_limit": -1}, "amount_negative", "debt_limit"),
        ({"reminder_minutes": 0}, "reminder_late", "reminder_minutes"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_at_its_field(
    salon: SmallSalon, now: datetime, wrong: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refusal, transaction():
        services.change_profile(spec=replace(SPEC, **wrong), actor=None, now=now)
    assert (refusal.value.code, refusal.value.field) == (code, field)
