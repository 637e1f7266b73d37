"""The OpenAPI description promises what the table does, and nothing else; so do the routes."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from salon.access.rules import declared_permission, is_public
from salon.core.permissions import Permission

from .call import Call
from .kinds import told
from .table import BY_NAME, CALLS

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

    def body(self, call: Call) -> Any:
        """What is sent as JSON, in the words of the table; None where nothing is."""
        body = self.operation(call).get("requestBody")
        if body is None:
            return None
        assert body["required"] is True
        assert body["content"].keys() == {"application/json"}
        return self.shape(body["content"]["application/json"]["schema"])

    def codes(self, response: dict[str, Any], status: int) -> list[str]:
        """The codes of a refusal."""
        assert response["content"].keys() == {"application/problem+json"}
        problem, more = response["content"]["application/problem+json"]["schema"]["allOf"]
        assert problem == {"$ref": "#/components/schemas/Problem"}
        assert more["properties"]["status"] == {"const": status}
        codes: list[str] = more["properties"]["code"]["enum"]
        return codes

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


def test_what_is_sent_is_described(description: Description) -> None:
    for call in CALLS:
        assert description.body(call) == (None if call.body is None else told(call.body)), call
        assert description.parameters(call, "query") == told(call.query), call
        assert description.parameters(call, "header") == told(call.headers), call


def test_what_comes_back_is_described(description: Description) -> None:
    for call in CALLS:
        content = description.operation(call)["responses"][str(call.status)]["content"]
        assert content.keys() == {"application/json"}
        assert description.shape(content["application/json"]["schema"]) == told(call.answer), call


def test_every_status_and_code_is_described(description: Description) -> None:
    for call in CALLS:
        responses = description.operation(call)["responses"]
        described: dict[str, int] = {}
        for status in responses.keys() - {str(call.status)}:
            described |= dict.fromkeys(description.codes(responses[status], int(status)), int(status))
        assert described == call.all_refusals, call
        assert ("WWW-Authenticate" in responses.get("401", {}).get("headers", {})) == ("401" in responses)


def test_a_call_needs_a_token_unless_it_is_open_to_all(description: Description) -> None:
    assert description.whole["security"] == [{"token": []}]
    assert description.whole["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}
    for call in CALLS:
        assert ("security" in description.operation(call)) == (call.permission is None)
