"""What each route asks for, written down a second time: whoever lacks just that is refused, whoever has just that is not."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from salon.access import rules
from salon.access.models import Role
from salon.core.permissions import Permission
from tests.needs import NEEDS
from tests.test_routes import guarded_routes, path_of


def asks(route: str) -> Permission:
    """What a route asks for, as written above."""
    return next(Permission(permission) for permission, routes in NEEDS.items() if route in routes)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[frozenset[Permission]], None]:
    """Let the receptionist do these things, and nothing else."""

    def give(permissions: frozenset[Permission]) -> None:
        monkeypatch.setitem(rules._OF_ROLE, Role.RECEPTIONIST, permissions)

    return give


def test_each_route_stands_under_what_it_asks_for(app: Flask) -> None:
    found = {f"{method} {rule.rule}" for rule, method in guarded_routes(app)}
    assert sorted(route for routes in NEEDS.values() for route in routes) == sorted(found)


AT_THE_DOOR = "GET /"  # where she is led to a room of hers instead


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_lacks_only_what_a_route_asks_for_is_refused(
    app: Flask, log_in: Callable[[str], FlaskClient], given: Callable[[frozenset[Permission]], None]
) -> None:
    desk = log_in("desk")
    for rule, method in guarded_routes(app):
        given(frozenset(Permission) - {asks(f"{method} {rule.rule}")})
        answer = desk.open(path_of(app, rule), method=method)
        refused = 302 if f"{method} {rule.rule}" == AT_THE_DOOR else 403
        assert answer.status_code == refused, f"{method} {rule.rule}"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_who_has_only_what_a_route_asks_for_is_let_in(
    app: Flask, log_in: Callable[[str], FlaskClient], given: Callable[[frozenset[Permission]], None]
) -> None:
    desk = log_in("desk")
    for rule, method in guarded_routes(app):
        given(frozenset({asks(f"{method} {rule.rule}")}))
        answer = desk.open(path_of(app, rule), method=method)
        assert answer.status_code not in {401, 403, 500}, f"{method} {rule.rule} {answer.status_code}"
