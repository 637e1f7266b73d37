"""The settings screen."""

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient

from salon.setup.queries import default_branch, profile

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
    assert client.post("/settings", data=SAID).status_code == 302
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


def test_the_receptionist_and_strangers_do_not_see_the_settings(
    log_in: Callable[[str], FlaskClient], client: FlaskClient
) -> None:
    assert client.get("/settings").status_code == 302
    assert log_in("desk").get("/settings").status_code == 403
