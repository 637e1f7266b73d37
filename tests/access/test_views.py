"""Login, the guard at every route, and the owner's list of users."""

import re
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from salon.access import queries, services
from salon.access.services import check_password
from salon.app import create_app
from salon.config import Settings
from salon.core.db import db
from salon.core.permissions import Permission, requires
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]


def _token_of(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login").text)
    assert found
    return found[1]


def _try(client: FlaskClient, salon: SmallSalon, password: str | None = None, path: str = "/login") -> object:
    said = {"csrf_token": _token_of(client), "name": "Desk", "password": password or salon.password}
    return client.post(path, data=said)


def test_a_right_password_lets_in_and_leads_on(client: FlaskClient, salon: SmallSalon) -> None:
    answer = _try(client, salon, path="/login?next=/customers")
    assert (answer.status_code, answer.location) == (303, "/customers")
    assert client.get("/customers").status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_password_is_refused_in_one_sentence_and_the_name_stays(client: FlaskClient, salon: SmallSalon) -> None:
    answer = _try(client, salon, "wrong-password")
    assert answer.status_code == 422
    assert "نام کاربری یا گذرواژه درست نیست." in answer.text
    assert 'value="Desk"' in answer.text
    assert "wrong-password" not in answer.text
    assert client.get("/customers").status_code == 302


def test_login_leads_nowhere_outside(client: FlaskClient, salon: SmallSalon) -> None:
    assert _try(client, salon, path="/login?next=//evil.example/").location == "/"


def test_a_form_without_its_token_is_refused(client: FlaskClient, salon: SmallSalon) -> None:
    answer = client.post("/login", data={"name": "desk", "password": salon.password})
    assert answer.status_code == 400


@pytest.mark.parametrize("limit", ["3 per minute", "100 per minute; 3 per hour"])
def test_guessing_is_stopped_after_some_wrong_passwords(
    settings: Settings, app: Flask, salon: SmallSalon, limit: str
) -> None:
    strict = create_app(Settings(**{**settings.__dict__, "login_limit": limit}))
    client = strict.test_client()
    assert [_try(client, salon, "wrong-password").status_code for _ in range(4)] == [422, 422, 422, 429]
    stopped = _try(client, salon)
    assert stopped.status_code == 429
    assert "یک دقیقه صبر کنید" in stopped.text
    with strict.app_context():
        db.engine.dispose()


def test_right_passwords_are_never_too_many(settings: Settings, app: Flask, salon: SmallSalon) -> None:
    strict = create_app(Settings(**{**settings.__dict__, "login_limit": "3 per minute"}))
    assert [_try(strict.test_client(), salon).status_code for _ in range(5)] == [303] * 5
    with strict.app_context():
        db.engine.dispose()


def test_a_made_up_token_does_not_stand_for_the_token_of_a_form(log_in: LogIn) -> None:
    client = log_in("desk")
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    assert client.post("/logout", headers={"Authorization": "Bearer made-up"}).status_code == 400
    with client.session_transaction() as session:
        assert "_user_id" in session


def test_logging_out_ends_the_session(log_in: LogIn) -> None:
    client = log_in("desk")
    assert client.post("/logout").location == "/login"
    assert client.get("/customers").location == "/login?next=/customers"


def test_a_stranger_is_sent_to_login_and_back(client: FlaskClient, salon: SmallSalon) -> None:
    assert client.get("/customers?q=x").location == "/login?next=/customers%3Fq%3Dx"
    part = client.get("/customers", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/staff"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/login?next=/staff")


def test_a_program_without_a_token_gets_a_problem(client: FlaskClient, salon: SmallSalon) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp4"}):
        answer = client.get("/api/v1/services", headers=headers)
        assert answer.status_code == 401
        assert answer.content_type == "application/problem+json"
        assert answer.json["code"] == "unauthenticated"


def test_a_program_with_a_token_needs_no_form_token_and_gets_no_cookie(
    client: FlaskClient, bearer: dict[str, str]
) -> None:
    answer = client.post("/api/v1/customers", json={"first_name": "مینا", "last_name": ""}, headers=bearer)
    assert answer.status_code == 201
    assert "Set-Cookie" not in answer.headers


def test_a_token_goes_before_a_session(log_in: LogIn, bearer: dict[str, str]) -> None:
    client = log_in("owner")
    assert client.get("/api/v1/services", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert client.get("/settings", headers=bearer).status_code == 403


def test_a_session_may_not_post_to_the_api_without_a_form_token(log_in: LogIn) -> None:
    client = log_in("desk")
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    refused = client.post("/api/v1/customers", json={"first_name": "مینا", "last_name": ""})
    assert (refused.status_code, refused.json["code"]) == (400, "form_expired")


def test_a_form_of_an_older_session_asks_to_be_opened_anew(app: Flask, salon: SmallSalon) -> None:
    typed = {"name": "desk", "password": salon.password}
    refused = app.test_client().post("/login", data=typed)
    assert refused.status_code == 400
    assert "تازه کنید" in refused.text


def test_a_route_that_declares_nothing_is_a_fault(app: Flask, log_in: LogIn) -> None:
    app.view_functions["customers.customer_list"] = lambda: "open to all"
    answer = log_in("owner").get("/customers")
    assert answer.status_code == 500
    assert "open to all" not in answer.text


def test_the_receptionist_does_not_see_the_users(log_in: LogIn) -> None:
    client = log_in("desk")
    for path in ("/settings/users", "/settings/users/new", "/settings/users/1/edit", "/settings/users/1/password"):
        assert client.get(path).status_code == 403, path


def test_the_owner_lets_somebody_in(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    said = {"full_name": "مینا رضایی", "name": "Mina", "role": "receptionist", "password": "long-enough"}
    assert client.post("/settings/users/new", data=said | {"again": "long-enough"}).status_code == 303
    assert check_password(queries.user_by_name("mina"), "long-enough")
    assert "مینا رضایی" in client.get("/settings/users").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"again": "other"}, "دو گذرواژه یکی نیستند."),
        ({"name": "desk"}, "این نام کاربری را کس دیگری دارد"),
        ({"password": "short", "again": "short"}, "گذرواژه دست‌کم"),
        ({"staff_id": "1"}, "برای این کاربر نقش «پرسنل» را انتخاب کنید"),
    ],
)
def test_a_user_who_cannot_be_is_refused_and_nothing_is_lost(
    log_in: LogIn, changes: dict[str, str], sentence: str
) -> None:
    said = {"full_name": "مینا رضایی", "name": "mina", "role": "receptionist", "password": "long-enough"}
    answer = log_in("owner").post("/settings/users/new", data=said | {"again": "long-enough"} | changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="مینا رضایی"' in answer.text


def test_no_till_waits_while_a_password_is_hashed(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = log_in("owner")
    writing: list[bool] = []

    class Hasher(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            writing.append(bool(db.session().info.get("salon_writing")))
            return super().hash(password, salt=salt)

    monkeypatch.setattr(services, "_HASHER", Hasher())
    twice = {"password": "long-enough", "again": "long-enough"}
    said = {"full_name": "مینا رضایی", "name": "mina", "role": "receptionist"}
    assert client.post("/settings/users/new", data=said | twice).status_code == 303
    assert client.post("/settings/users/1/password", data=twice).status_code == 303
    assert writing == [False, False]


def test_the_owner_changes_and_locks_a_user(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    said = {"full_name": "سمیرا تازه", "role": "receptionist"}
    assert client.post(f"/settings/users/{salon.desk_id}/edit", data=said).status_code == 303
    assert not queries.user(salon.desk_id).active
    refused = client.post(f"/settings/users/{salon.owner_id}/edit", data=said)
    assert refused.status_code == 422
    assert "تنها مدیر سالن" in refused.text


def test_the_owner_stays_logged_in_when_she_changes_her_own_password(log_in: LogIn, salon: SmallSalon) -> None:
    client = log_in("owner")
    said = {"password": "another-1405", "again": "another-1405"}
    assert client.post(f"/settings/users/{salon.owner_id}/password", data=said).status_code == 303
    assert client.get("/settings").status_code == 200
    assert client.get("/settings/users/999/edit").status_code == 404


def test_the_trace_of_a_fault_names_no_values(app: Flask, log_in: LogIn, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> str:
        token = "-".join(["secret", "of", "zahra"])
        raise RuntimeError(f"{len(token)}")

    app.view_functions["customers.customer_list"] = requires(Permission.CUSTOMERS_VIEW)(broken)
    assert log_in("owner").get("/customers").status_code == 500
    said = capsys.readouterr()
    assert "RuntimeError" in said.out + said.err
    assert "secret-of-zahra" not in said.out + said.err
