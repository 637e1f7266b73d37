"""Every route declares who may use it, and keeps strangers out."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, Rule

from salon.access.rules import declared_permission, is_public
from salon.core.permissions import Permission
from tests.factories import SmallSalon

PUBLIC = {"/login", "/logout", "/", "/api/v1/health", "/api/v1/openapi.json", "/calendar/<key>.ics"}
PUBLIC |= {"/o/<token>", "/o/<token>/take", "/o/<token>/decline"}  # whoever has the link is the customer


def _routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.rpartition(".")[2] != "static":
            for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def guarded_routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route that asks who it is, once for each of its methods."""
    for rule, method in _routes(app):
        if not is_public(app.view_functions[rule.endpoint], method):
            yield rule, method


def path_of(app: Flask, rule: Rule) -> str:
    """An address of the route; what it names need not be there, as strangers are stopped before."""
    some = {name: _some(converter) for name, converter in rule._converters.items()}
    return str(app.url_map.bind("localhost").build(rule.endpoint, some, method=next(iter(rule.methods or ()))))


def _some(converter: BaseConverter) -> str | int:
    """A value that a place in an address takes."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return "x" if converter.regex.startswith("[^") else 1


def test_every_route_declares_a_permission_or_is_public(app: Flask) -> None:
    for rule, method in _routes(app):
        view = app.view_functions[rule.endpoint]
        declared = declared_permission(view, method)
        assert isinstance(declared, Permission) != is_public(view, method), f"{method} {rule.rule}"


def test_only_these_routes_are_open_to_everybody(app: Flask) -> None:
    found = {rule.rule for rule, method in _routes(app) if is_public(app.view_functions[rule.endpoint], method)}
    assert found <= PUBLIC


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_guarded_route_keeps_strangers_out(app: Flask, client: FlaskClient, salon: SmallSalon) -> None:
    tried = 0
    for rule, method in guarded_routes(app):
        answer = client.open(path_of(app, rule), method=method)
        told = f"{method} {rule.rule} {answer.status_code}"
        if rule.rule.startswith("/api/"):
            assert answer.status_code == 401, told
        else:
            assert answer.status_code == 302, told
            assert answer.location.startswith("/login"), told
        tried += 1
    assert tried > 20
