"""Settings refuse to start when they are wrong, and say which."""

import errno
import threading
from concurrent.futures import ThreadPoolExecutor
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
        ("PORT", "9" * 5000),
        ("SALON_HOST", "http://0.0.0.0"),
        ("SALON_THREADS", "0"),
        ("SALON_PROXIES", "-1"),
        ("SALON_LANGUAGE", "de"),
        ("SALON_LOGIN_LIMIT", "often"),
        ("SALON_LOGIN_LIMIT", "0 per minute"),
        ("SALON_SMS_GATEWAY", "pigeon"),
        ("SALON_SMS_GATEWAY", "kavenegar"),
        ("SALON_KAVENEGAR_KEY", "two words"),
        ("SALON_KAVENEGAR_HOST", "http://x"),
        ("SALON_KAVENEGAR_HOST", "api kavenegar"),
        ("SALON_KAVENEGAR_HOST", "api.kavenegar.com:web"),
        ("SALON_KAVENEGAR_HOST", "api.kavenegar.com/v1"),
        ("SALON_DATABASE_URL", "mysql://salon"),
        ("SALON_DATABASE_URL", "sqlite:///"),
        ("SALON_DATABASE_URL", "sqlite:////no/such/folder/salon.db"),
        ("SALON_DATABASE_URL", "postgresql://salon@db:web/salon"),
        ("SALON_QUEUE_URL", "redis://queue"),
        ("SALON_QUEUE_URL", "postgresql://salon@db:web/salon"),
    ],
)
def test_a_wrong_setting_stops_the_start_is_named_and_leaves_nothing_behind(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ConfigError, match="SALON_KAVENEGAR_KEY" if value == "kavenegar" else name):
        load_settings({"SALON_INSTANCE": str(tmp_path / "salon"), name: value})
    assert list(tmp_path.iterdir()) == []


def test_a_setting_left_empty_counts_as_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({"SALON_INSTANCE": "", "PORT": " ", "SALON_DATABASE_URL": "", "SALON_QUEUE_URL": ""})
    assert (settings.instance, settings.port, settings.queue_url) == (tmp_path / "instance", 8000, "")


def test_no_sentence_repeats_a_password(tmp_path: Path) -> None:
    for name in ("SALON_DATABASE_URL", "SALON_QUEUE_URL"):
        with pytest.raises(ConfigError) as refusal:
            load_settings({"SALON_INSTANCE": str(tmp_path), name: "postgresql://salon:narges@db:web/salon"})
        assert "narges" not in str(refusal.value)


def test_the_file_of_the_database_is_the_same_wherever_the_next_process_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({"SALON_INSTANCE": str(tmp_path), "SALON_DATABASE_URL": "sqlite:///books.db"})
    assert settings.database_url == f"sqlite:///{tmp_path / 'books.db'}"


def test_a_folder_that_cannot_be_one_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("")
    for path in ("letter", "letter/salon"):
        with pytest.raises(ConfigError, match="SALON_INSTANCE"):
            load_settings({"SALON_INSTANCE": str(tmp_path / path)})


@pytest.mark.parametrize(
    "content",
    [b"", b'{"secret_key": "a', b"[]", b'{"secret_key": "a"}', b'{"secret_key": "a", "card_key": 7}', b"\xff"],
)
def test_broken_keys_are_said_in_a_sentence_and_stay_as_they_are(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys.json").write_bytes(content)
    with pytest.raises(ConfigError, match=r"keys\.json is broken"):
        load_settings({"SALON_INSTANCE": str(tmp_path)})
    assert (tmp_path / "keys.json").read_bytes() == content


def test_who_does_not_found_a_salon_makes_no_keys(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no salon in"):
        load_settings({"SALON_INSTANCE": str(tmp_path / "salon")}, founding=False)
    assert list(tmp_path.iterdir()) == []


def test_the_keys_are_for_their_owner_only_and_alone_in_the_folder(tmp_path: Path) -> None:
    load_settings({"SALON_INSTANCE": str(tmp_path)})
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("keys.json", 0o600)]


def test_many_first_starts_at_once_have_the_same_keys(tmp_path: Path) -> None:
    starts = 8
    ready = threading.Barrier(starts)

    def start(_number: int) -> str:
        ready.wait()
        return load_settings({"SALON_INSTANCE": str(tmp_path)}).card_key

    with ThreadPoolExecutor(starts) as pool:
        assert len(set(pool.map(start, range(starts)))) == 1


def test_a_file_system_without_links_has_its_keys_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    first, second = (load_settings({"SALON_INSTANCE": str(tmp_path)}) for _ in range(2))
    assert first == second
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_behind_a_proxy_the_address_of_who_asks_is_hers(settings: Settings) -> None:
    app = create_app(Settings(**vars(settings) | {"proxies": 1}))
    seen: list[tuple[str | None, bool]] = []
    app.before_request(lambda: seen.append((request.remote_addr, request.is_secure)))
    headers = {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "https"}
    assert app.test_client().get("/api/v1/health", headers=headers).status_code == 200
    assert seen == [("10.1.2.3", True)]
    assert app.config["SESSION_COOKIE_SECURE"]
