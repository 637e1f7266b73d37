"""What each role may do, and which addresses lead back in."""

import pytest

from salon.access.models import Role
from salon.access.rules import (
    LEAST_PASSWORD,
    NAME_LENGTH,
    declared_permission,
    is_login_name,
    is_public,
    is_safe_path,
    login_name,
    permissions_of,
)
from salon.core.permissions import Permission, public, requires

OWNERS_ONLY = {
    Permission.SETUP_WRITE,
    Permission.STAFF_WRITE,
    Permission.CATALOG_WRITE,
    Permission.CLUB_WRITE,
    Permission.REPORTS_VIEW,
    Permission.LEDGER_VIEW,
    Permission.INVOICES_CANCEL,
    Permission.OWNER_WITHDRAWALS,
    Permission.DEBT_LIMIT_PASS,
    Permission.APPOINTMENTS_OVERBOOK,
    Permission.APPOINTMENTS_REOPEN,
    Permission.PATCH_TEST_PASS,
    Permission.STOCK_WRITE,
    Permission.PAY_VIEW,
    Permission.PAY_WRITE,
    Permission.YEARS_CLOSE,
    Permission.YEARS_REOPEN,
}


def test_the_owner_may_do_everything_but_look_at_pay_of_her_own() -> None:
    assert permissions_of(Role.OWNER) == set(Permission) - {Permission.PAY_OWN}


def test_the_receptionist_serves_customers_but_changes_no_terms_and_reads_no_reports() -> None:
    assert permissions_of(Role.RECEPTIONIST) == set(Permission) - OWNERS_ONLY - {Permission.PAY_OWN}


def test_a_stylist_looks_at_her_own_pay_and_at_nothing_else() -> None:
    assert permissions_of(Role.STYLIST) == {Permission.PAY_OWN}


def test_a_role_nobody_knows_may_do_nothing() -> None:
    assert permissions_of("janitor") == frozenset()


def test_a_login_name_is_the_same_however_it_is_typed() -> None:
    assert login_name(" Desk۲ ") == login_name("desk2") == "desk2"


@pytest.mark.parametrize(("name", "can_be"), [("desk", True), ("", False), ("two words", False), ("x" * 61, False)])
def test_a_login_name_is_one_word(name: str, can_be: bool) -> None:
    assert is_login_name(name) is can_be


@pytest.mark.parametrize("path", ["/", "/desk", "/customers?q=سارا", "/invoices/7"])
def test_addresses_of_the_salon_lead_back_in(path: str) -> None:
    assert is_safe_path(path)


@pytest.mark.parametrize("path", ["", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"])
def test_addresses_that_leave_the_salon_do_not(path: str) -> None:
    assert not is_safe_path(path)


def test_each_method_of_a_class_declares_its_own_permission() -> None:
    class Views:
        @requires(Permission.CUSTOMERS_VIEW)
        def get(self) -> None: ...

        @public
        def post(self) -> None: ...

    def view() -> None: ...

    view.view_class = Views  # type: ignore[attr-defined]
    assert declared_permission(view, "GET") is Permission.CUSTOMERS_VIEW
    assert declared_permission(view, "HEAD") is Permission.CUSTOMERS_VIEW
    assert declared_permission(view, "PATCH") is None
    assert is_public(view, "POST")
    assert not is_public(view, "GET")


def test_a_name_may_have_sixty_letters_and_a_password_has_eight() -> None:
    assert is_login_name("x" * 60) and is_login_name("x")
    assert (LEAST_PASSWORD, NAME_LENGTH) == (8, 60)


@pytest.mark.parametrize("path", ["/a b", "/a\x00", "/a\\b", "desk", "/\x1f"])
def test_an_address_with_a_gap_a_control_character_or_a_backslash_leads_nowhere(path: str) -> None:
    assert not is_safe_path(path)


def test_a_plain_view_declares_for_every_method() -> None:
    @requires(Permission.CUSTOMERS_VIEW)
    def shown() -> None: ...

    @public
    def opened() -> None: ...

    def silent() -> None: ...

    assert declared_permission(shown, "POST") is Permission.CUSTOMERS_VIEW
    assert declared_permission(silent, "GET") is None
    assert (is_public(opened, "GET"), is_public(silent, "GET"), is_public(shown, "GET")) == (True, False, False)


def test_a_class_with_a_method_for_headers_declares_by_that() -> None:
    class Views:
        @requires(Permission.CUSTOMERS_VIEW)
        def get(self) -> None: ...

        @public
        def head(self) -> None: ...

    def view() -> None: ...

    view.view_class = Views  # type: ignore[attr-defined]
    assert is_public(view, "HEAD") is True
    assert declared_permission(view, "HEAD") is None
    assert is_public(view, "OPTIONS") is False


def test_a_method_that_a_class_lacks_has_what_the_view_declares() -> None:
    class Views:
        def get(self) -> None: ...

    @public
    def view() -> None: ...

    view.view_class = Views  # type: ignore[attr-defined]
    assert is_public(view, "DELETE")
    assert not is_public(view, "GET")
