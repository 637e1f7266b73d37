"""The OpenAPI description promises what the table does, and nothing else; so do the routes."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from salon.access.rules import declared_permission, is_public
from salon.core.permissions import Permission

from .kinds import told
from .table import BY_NAME, CALLS, Call

PREFIX = "/api/v1"
DESCRIPTION = "/openapi.json"


class Description:
    """The description, with its references followed."""

    def __init__(self, whole: dict[str, Any]) -> None:
        self.whole = whole

    def operation(self, call: Call) -> dict[str, Any]:
        """What is said of a call."""
        found: dict[str, Any] = self.whole["paths"][PREFIX + call.path][call.method.lower()]
        return found

    def shape(self, schema: dict[str, Any]) -> Any:
        """A schema in the words of the table: fields by name, with a `?` where they may be missing."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix("#/components/schemas/")
            return self.shape(self.whole["components"]["schemas"][name])
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False
            needed = set(schema.get("required", ()))
            fields = schema["properties"].items()
            return {name if name in needed else f"{name}?": self.shape(inner) for name, inner in fields}
        if schema.get("type") == "array":
            return [self.shape(schema["items"])]
        return {name: value for name, value in schema.items() if name not in {"default", "description"}}

    def parameters(self, call: Call, place: str) -> dict[str, Any]:
        """The parameters of a call in its query, its headers or its path."""
        found = [part for part in self.operation(call).get("parameters", ()) if part["in"] == place]
        return {part["name"] + ("" if part["required"] else "?"): self.shape(part["schema"]) for part in found}


@pytest.fixture
def description(client: FlaskClient) -> Description:
    """What the program says of itself."""
    return Description(client.get(PREFIX + DESCRIPTION).json)


def test_the_description_names_the_calls_of_the_table(description: Description) -> None:
    assert description.whole["openapi"] == "3.1.0"
    described = {
        f"{method.upper()} {path.removeprefix(PREFIX)}"
        for path, item in description.whole["paths"].items()
        for method in item.keys() - {"parameters"}
    }
    assert described == BY_NAME.keys()


def test_no_route_is_beside_the_table(app: Flask) -> None:
    routes = {
        f"{method} {rule.rule.removeprefix(PREFIX).replace('<key:', '{').replace('>', '}')}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api")
    }
    assert routes.keys() == BY_NAME.keys() | {f"GET {DESCRIPTION}"}
    for name, call in BY_NAME.items():
        view = app.view_functions[routes[name]]
        permission = declared_permission(view, call.method)
        assert is_public(view, call.method) == (call.permission is None)
        assert permission == (Permission(call.permission) if call.permission else None), name


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_what_is_sent_is_described(description: Description, call: Call) -> None:
    operation = description.operation(call)
    body = operation.get("requestBody")
    assert (body is None) == (call.body is None)
    if body is not None:
        assert body["required"] is True
        [(content_type, content)] = body["content"].items()
        assert content_type == "application/json"
        assert description.shape(content["schema"]) == told(call.body)
    assert description.parameters(call, "query") == told(call.query)
    assert description.parameters(call, "header") == told(call.headers)


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_what_comes_back_is_described(description: Description, call: Call) -> None:
    responses = description.operation(call)["responses"]
    content = responses[str(call.status)]["content"]
    assert content.keys() == {"application/json"}
    assert description.shape(content["application/json"]["schema"]) == told(call.answer)


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_every_status_and_code_is_described(description: Description, call: Call) -> None:
    responses = description.operation(call)["responses"]
    described: dict[str, int] = {}
    for status in responses.keys() - {str(call.status)}:
        [(content_type, content)] = responses[status]["content"].items()
        assert content_type == "application/problem+json"
        problem, told_more = content["schema"]["allOf"]
        assert problem == {"$ref": "#/components/schemas/Problem"}
        assert told_more["properties"]["status"] == {"const": int(status)}
        described |= dict.fromkeys(told_more["properties"]["code"]["enum"], int(status))
    assert described == call.all_refusals
    assert ("WWW-Authenticate" in responses.get("401", {}).get("headers", {})) == ("401" in responses)


def test_a_call_needs_a_token_unless_it_is_open_to_all(description: Description) -> None:
    assert description.whole["security"] == [{"token": []}]
    assert description.whole["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    for call in CALLS:
        assert ("security" in description.operation(call)) == (call.permission is None)
