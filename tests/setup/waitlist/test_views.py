"""How the waitlist works, as the owner says it."""

import pytest

from salon.core.db import db
from salon.setup.queries import profile
from salon.setup.waitlist.rules import is_web_address


def test_the_owner_says_who_goes_first_how_long_and_where_links_lead(log_in):
    owner = log_in("owner")
    terms = {"waitlist_rule": "value", "offer_minutes": "۴۵", "web_address": "https://golnarges.example/salon"}
    assert owner.post("/settings/waitlist", data=terms).status_code == 303
    db.session.expire_all()
    kept = profile()
    assert (kept.waitlist_rule, kept.offer_minutes, kept.web_address) == ("value", 45, terms["web_address"])
    shown = owner.get("/settings/waitlist").text
    assert ("۴۵" in shown, "سطح باشگاه" in shown) == (True, False)


@pytest.mark.parametrize(
    ("field", "typed"), [("waitlist_rule", "tier"), ("offer_minutes", "4"), ("web_address", "golnarges")]
)
def test_what_cannot_be_is_refused(log_in, field, typed):
    terms = {"waitlist_rule": "value", "offer_minutes": "30", "web_address": ""}
    assert log_in("owner").post("/settings/waitlist", data=terms | {field: typed}).status_code == 422
    assert profile().waitlist_rule == "first_come"


def test_the_desk_has_no_say_in_it(log_in):
    assert log_in("desk").get("/settings/waitlist").status_code == 403


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://salon.example", True),
        ("http://192.168.1.5:8000", True),
        ("https://salon.example/x", True),
        ("ftp://salon.example", False),
        ("https://", False),
        ("https://a@b.example", False),
        ("https://salon.example/?x=1", False),
        ("https://salon.example:x", False),
        ("javascript:alert(1)", False),
        ("https://سالن.example", False),
    ],
)
def test_links_begin_with_an_address_of_the_web(address, good):
    assert is_web_address(address) is good
