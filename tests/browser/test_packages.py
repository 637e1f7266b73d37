"""A package is sold and its sessions are used at the till by keys alone."""

from datetime import datetime

import pytest

from salon.catalog.packages.services import PackageSpec, add_package
from salon.core.db import db, transaction
from salon.invoices.audit.queries import verify_invoices
from salon.ledger.queries import verify_journal
from tests.factories import SmallSalon

from .conftest import Screen
from .receptionist import Receptionist

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def open_till(desk: Receptionist, salon: SmallSalon) -> None:
    """Zahra's empty invoice, from the panel at the desk."""
    desk.page.goto(f"/desk?customer={salon.zahra}")
    desk.sees("[data-customer]", "زهرا")
    desk.press("F3")
    desk.goes_to("/invoices/[0-9]+$")


def test_a_package_is_sold_and_used_by_keys(screen: Screen, salon: SmallSalon, now: datetime) -> None:
    spec = PackageSpec("سه کوتاهی", 1_000_000, 90, ((salon.cut, 3),))
    with transaction():
        add_package(spec=spec, actor=None, now=now)
    desk = screen()
    open_till(desk, salon)
    desk.type("سه کوتاهی")
    desk.sees("[role=listbox] [aria-selected=true]", "سه کوتاهی", "بسته")
    desk.press("Enter")
    desk.sees("[data-due]", "۱۰۰٬۰۰۰")
    desk.picture("package-sold")
    desk.press("F7", "F10")
    desk.goes_to("/slip")
    desk.sees(".slip", "جلسه‌های مانده", "۳ جلسه مانده")

    open_till(desk, salon)
    desk.type("کوتاهی")
    desk.sees("[role=listbox] [aria-selected=true]", "۳ جلسه مانده")
    desk.picture("session-chosen")
    desk.press("Enter", "ArrowDown", "Enter")  # whoever does it
    desk.sees("[data-due]", "۰")
    desk.sees("[data-sessions]", "۳۳٬۳۳۳")
    desk.picture("session-used")
    desk.press("F10")
    desk.goes_to("/slip")
    desk.sees(".slip", "۲ جلسه مانده")
    desk.picture("session-slip")
    db.session.rollback()
    assert [*verify_journal(), *verify_invoices()] == []


def test_the_owner_writes_a_package_down_by_keys(screen: Screen, salon: SmallSalon) -> None:
    owner = screen("owner", at="/settings/packages/new")
    owner.type("ده براشینگ")
    owner.press("Tab")
    owner.type("3000000")
    owner.press("Tab")
    owner.type("180")
    owner.tab_to(owner.at(f"[name=sessions-{salon.brushing}]"))
    owner.type("10")
    owner.picture("package-new")
    owner.press("Enter")
    owner.goes_to("/settings/packages$")
    owner.sees("main", "ده براشینگ", "۱۰ جلسه")
    owner.picture("packages")
