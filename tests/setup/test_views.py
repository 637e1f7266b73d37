"""The settings screen."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from flask.testing import FlaskClient

from salon.access.queries import user_by_name
from salon.access.services import create_token
from salon.app import create_app
from salon.config import Settings
from salon.core.db import db, transaction
from salon.setup.queries import default_branch, profile, tax_bp_on
from tests.factories import SmallSalon

SAID = {
    "name": "سالن نرگس",
    "branch_name": "ونک",
    "phone": "۰۲۱۸۸",
    "address": "",
    "currency": "toman",
    "opens_at": "۱۰",
    "closes_at": "۲۲:۳۰",
    "tax_bp": "۹٫۵",
    "debt_limit": "۲٬۰۰۰٬۰۰۰",
    "club_title": "باشگاه نرگس",
    "club_starts_on": "۱۴۰۵/۰۱/۰۱",
    "redeem_ceiling_bp": "۵۰",
    "reminder_minutes": "120",
}


def test_the_owner_saves_what_she_typed_in_persian(log_in: Callable[[str], FlaskClient]) -> None:
    client = log_in("owner")
    assert client.post("/settings", data=SAID).status_code == 303
    saved = profile()
    assert (saved.opens_at, saved.closes_at, saved.tax_bp) == (600, 1350, 950)
    assert (saved.debt_limit, saved.club_starts_on) == (20_000_000, date(2026, 3, 21))
    assert (saved.redeem_ceiling_bp, saved.reminder_minutes, default_branch().name) == (5000, 120, "ونک")
    shown = client.get("/settings").text
    assert 'value="۲۲:۳۰"' in shown
    assert 'value="۹٫۵"' in shown


def test_wrong_settings_are_refused_and_nothing_typed_is_lost(log_in: Callable[[str], FlaskClient]) -> None:
    wrong = SAID | {"closes_at": "۲۵", "tax_bp": "زیاد", "club_starts_on": "۱۴۰۵/۱۳/۰۱"}
    answer = log_in("owner").post("/settings", data=wrong)
    assert answer.status_code == 422
    assert "ساعت را مانند ۹:۳۰ بنویسید." in answer.text
    assert 'value="زیاد"' in answer.text
    assert 'value="سالن نرگس"' in answer.text
    assert profile().name != "سالن نرگس"


def test_a_day_that_ends_before_it_begins_is_refused_at_its_end(log_in: Callable[[str], FlaskClient]) -> None:
    answer = log_in("owner").post("/settings", data=SAID | {"closes_at": "۹"})
    assert answer.status_code == 422
    assert "ساعت بستن باید پس از ساعت باز شدن باشد." in answer.text


def test_every_offered_reminder_can_be_sent(log_in: Callable[[str], FlaskClient]) -> None:
    shown = log_in("owner").get("/settings").text
    offered = re.findall(
        r'<option[^>]* value="(\d+)"', shown.partition('name="reminder_minutes"')[2].partition("</select>")[0]
    )
    assert "120" in offered
    assert min(int(minutes) for minutes in offered) > 0


def test_the_units_of_money_are_named_in_the_language_of_the_salon(
    settings: Settings, salon: SmallSalon, now: datetime
) -> None:
    app = create_app(replace(settings, language="en"))
    with app.app_context():
        shown = app.test_client().get("/settings", headers={"Authorization": f"Bearer {owners_token(now)}"}).text
        db.session.remove()
        db.engine.dispose()
    assert "toman" in shown
    assert "تومان" not in shown


def owners_token(now: datetime) -> str:
    """A token that opens the owner's pages."""
    with transaction():
        return create_token(user=user_by_name("owner"), actor=None, now=now)


def test_the_receptionist_and_strangers_do_not_see_the_settings(
    log_in: Callable[[str], FlaskClient], client: FlaskClient
) -> None:
    assert client.get("/settings").status_code == 302
    assert log_in("desk").get("/settings").status_code == 403


MONEY = {"round_to": "۱٬۰۰۰", "reason_above": "۵۰٬۰۰۰", "deposit_full_hours": "۷۲", "deposit_half_hours": "۱۲"}


def test_the_owner_sets_rounding_reasons_and_the_ladder_of_deposits(log_in: Callable[[str], FlaskClient]) -> None:
    client = log_in("owner")
    assert client.post("/settings", data=SAID | MONEY).status_code == 303
    saved = profile()
    assert (saved.round_to, saved.reason_above) == (10_000, 500_000)
    assert (saved.deposit_full_hours, saved.deposit_half_hours) == (72, 12)
    refused = client.post("/settings", data=SAID | MONEY | {"deposit_half_hours": "۷۳"})
    assert refused.status_code == 422 and "نیمی از بیعانه" in refused.text


def test_the_owner_sets_the_tax_of_a_day_on(log_in: Callable[[str], FlaskClient]) -> None:
    client = log_in("owner")
    for rate in ("۹", "۱۰"):
        assert client.post("/settings/tax", data={"starts_on": "۱۴۰۶/۰۱/۰۱", "rate_bp": rate}).status_code == 303
    first, before = date(2027, 3, 21), date(2027, 3, 20)
    assert (tax_bp_on(first), tax_bp_on(before)) == (1_000, 0)
    assert client.post("/settings/tax", data={"starts_on": "۱۴۰۶/۰۱/۰۱", "rate_bp": "۱۰۱"}).status_code == 422
    client.post("/settings/tax/drop", data={"starts_on": "soon"})
    assert tax_bp_on(first) == 1_000
    client.post("/settings/tax/drop", data={"starts_on": first.isoformat()})
    assert tax_bp_on(first) == 0
