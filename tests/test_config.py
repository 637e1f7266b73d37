"""Settings refuse to start when they are wrong, and say which."""

from pathlib import Path

import pytest
from flask import request

from salon.app import create_app
from salon.config import ConfigError, Settings, load_settings


def test_a_salon_without_settings_keeps_its_database_and_keys_in_its_folder(tmp_path: Path) -> None:
    settings = load_settings({"SALON_INSTANCE": str(tmp_path / "salon")})
    assert settings.database_url == f"sqlite:///{tmp_path / 'salon' / 'salon.db'}"
    assert (settings.port, settings.host, settings.sms_gateway) == (8000, "127.0.0.1", "console")


def test_the_keys_are_made_once(tmp_path: Path) -> None:
    first, second = (load_settings({"SALON_INSTANCE": str(tmp_path)}) for _ in range(2))
    assert (first.secret_key, first.card_key) == (second.secret_key, second.card_key)
    assert first.secret_key != first.card_key


def test_an_address_of_postgresql_names_its_driver(tmp_path: Path) -> None:
    settings = load_settings({"SALON_INSTANCE": str(tmp_path), "SALON_DATABASE_URL": "postgresql://salon@db/salon"})
    assert settings.database_url == "postgresql+psycopg://salon@db/salon"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "web"),
        ("PORT", "70000"),
        ("SALON_THREADS", "0"),
        ("SALON_PROXIES", "-1"),
        ("SALON_LANGUAGE", "de"),
        ("SALON_SMS_GATEWAY", "pigeon"),
        ("SALON_SMS_GATEWAY", "kavenegar"),
        ("SALON_DATABASE_URL", "mysql://salon"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match="SALON_KAVENEGAR_KEY" if value == "kavenegar" else name):
        load_settings({"SALON_INSTANCE": str(tmp_path), name: value})


def test_behind_a_proxy_the_address_of_who_asks_is_hers(settings: Settings) -> None:
    app = create_app(Settings(**vars(settings) | {"proxies": 1}))
    seen: list[tuple[str | None, bool]] = []
    app.before_request(lambda: seen.append((request.remote_addr, request.is_secure)))
    headers = {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "https"}
    assert app.test_client().get("/api/v1/health", headers=headers).status_code == 200
    assert seen == [("10.1.2.3", True)]
    assert app.config["SESSION_COOKIE_SECURE"]
