"""Settings: frozen, typed, and refusing to start when wrong."""

import contextlib
import ipaddress
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from limits import parse_many
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

KEYS_FILE = "keys.json"
_KEYS = ("secret_key", "card_key")
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")  # of a machine
_POSTGRESQL = ("postgres://", "postgresql://", "postgresql+psycopg://")
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost"})


class ConfigError(Exception):
    """The settings cannot be used; the sentence says which and why."""


@dataclass(frozen=True)
class Settings:
    """What differs between one installation and the next."""

    instance: Path
    database_url: str
    secret_key: str
    card_key: str  # keys the hash of card numbers: lost with it, every card must be issued again
    port: int = 8000
    host: str = "127.0.0.1"
    threads: int = 8
    sms_gateway: str = "console"  # console | kavenegar
    kavenegar_key: str = ""
    kavenegar_sender: str = ""
    kavenegar_host: str = "api.kavenegar.com"
    login_limit: str = "10 per minute"
    proxies: int = 0  # trusted proxies before this process, whose X-Forwarded-* headers are believed
    language: str = "fa"  # fa | en
    queue_url: str = ""  # a PostgreSQL through which machines wake each other; empty: a file of this one
    testing: bool = False


def load_settings(environ: Mapping[str, str] = os.environ, *, founding: bool = True) -> Settings:
    """Read the settings from the environment and the instance folder; a variable left empty counts as not set.

    Who is `founding` a salon makes its folder and keys; others need them to be there. Raises ConfigError.
    """
    said = {name: text.strip() for name, text in environ.items() if text.strip()}
    instance = Path(said.get("SALON_INSTANCE", "instance")).resolve()
    settings = Settings(
        instance=instance,
        database_url=_database_url(said, instance),
        secret_key="",
        card_key="",
        port=_number(said, "PORT", 8000, most=65535),
        host=_host(said.get("SALON_HOST", "127.0.0.1")),
        threads=_number(said, "SALON_THREADS", 8, least=1, most=256),
        sms_gateway=_gateway(said),
        kavenegar_key=_kavenegar_key(said.get("SALON_KAVENEGAR_KEY", "")),
        kavenegar_sender=said.get("SALON_KAVENEGAR_SENDER", ""),
        kavenegar_host=_kavenegar_host(said.get("SALON_KAVENEGAR_HOST", "api.kavenegar.com")),
        login_limit=_login_limit(said.get("SALON_LOGIN_LIMIT", "10 per minute")),
        proxies=_number(said, "SALON_PROXIES", 0, most=8),
        language=_language(said.get("SALON_LANGUAGE", "fa")),
        queue_url=_queue_url(said.get("SALON_QUEUE_URL", "")),
    )
    return _with_keys(settings, founding)


def provider_address(host: str) -> str:
    """The address before the path. Only a provider on this very machine may be spoken to in the clear."""
    written = host if "://" in host else f"https://{host}"
    name, port = _machine_of(written)
    if not name or port == 0:
        raise ConfigError(f"SALON_KAVENEGAR_HOST is the name of a machine like api.kavenegar.com, not {host}")
    scheme = written.partition("://")[0]
    if scheme != "https" and not (scheme == "http" and name in _THIS_MACHINE):
        raise ConfigError("SALON_KAVENEGAR_HOST must be reached by https: the key is part of every address")
    return written.rstrip("/")


def _machine_of(address: str) -> tuple[str, int | None]:
    """Name and port of an address; an empty name when it is none."""
    try:
        parts = urlsplit(address)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return "", None
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    return (name if bare and _is_machine(name) else ""), port


def _is_machine(name: str) -> bool:
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(name)
        return True
    return _NAME.fullmatch(name) is not None


def _host(text: str) -> str:
    if not _is_machine(text):
        raise ConfigError(f"SALON_HOST is an address to listen on, like 127.0.0.1 or 0.0.0.0, not {text}")
    return text


def _gateway(said: Mapping[str, str]) -> str:
    name = said.get("SALON_SMS_GATEWAY", "console")
    if name not in {"console", "kavenegar"}:
        raise ConfigError(f"SALON_SMS_GATEWAY is console or kavenegar, not {name}")
    if name == "kavenegar" and "SALON_KAVENEGAR_KEY" not in said:
        raise ConfigError("SALON_SMS_GATEWAY=kavenegar needs SALON_KAVENEGAR_KEY")
    return name


def _kavenegar_key(text: str) -> str:
    if not re.fullmatch(r"[!-~]*", text) or set(text) & set("/?#%\\"):
        raise ConfigError("SALON_KAVENEGAR_KEY is the key as the account shows it: Latin letters and digits")
    return text


def _kavenegar_host(text: str) -> str:
    provider_address(text)
    return text


def _login_limit(text: str) -> str:
    try:
        limits = parse_many(text)
    except ValueError:
        limits = []
    if not limits or any(limit.amount < 1 for limit in limits):
        raise ConfigError(f"SALON_LOGIN_LIMIT is a number per time, like 10 per minute, not {text}")
    return text


def _database_url(said: Mapping[str, str], instance: Path) -> str:
    text = said.get("SALON_DATABASE_URL")
    if text is None:
        return f"sqlite:///{instance / 'salon.db'}"
    if text.startswith(_POSTGRESQL):
        return _postgresql("SALON_DATABASE_URL", text, "postgresql+psycopg")
    if text.startswith("sqlite:///"):
        return _sqlite(text, instance)
    raise ConfigError("SALON_DATABASE_URL is an sqlite:/// or a postgresql:// address")


def _sqlite(text: str, instance: Path) -> str:
    """The address with the whole path of its file, wherever a later process is started."""
    url = make_url(text)
    if url.database in {None, "", ":memory:"} or url.query:
        raise ConfigError("SALON_DATABASE_URL names the file of the database, like sqlite:////srv/salon/salon.db")
    file = Path(str(url.database)).resolve()
    if file.parent != instance and not file.parent.is_dir():
        raise ConfigError(f"SALON_DATABASE_URL names a file in a folder that is not there: {file.parent}")
    return f"sqlite:///{file}"


def _queue_url(text: str) -> str:
    if text and not text.startswith(_POSTGRESQL):
        raise ConfigError("SALON_QUEUE_URL is a postgresql:// address, or not set: then a file of this machine is used")
    return _postgresql("SALON_QUEUE_URL", text, "postgresql") if text else ""


def _postgresql(name: str, text: str, driver: str) -> str:
    """The address with its driver; it may hold a password, so no sentence repeats it."""
    address = f"{driver}://{text.partition('://')[2]}"
    try:
        make_url(address)
    except (ArgumentError, ValueError):
        raise ConfigError(f"{name} is an address like postgresql://salon@db.example:5432/salon") from None
    return address


def _number(said: Mapping[str, str], name: str, usual: int, *, least: int = 0, most: int) -> int:
    text = said.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise ConfigError(f"{name} is a number between {least} and {most}, not {text}")
    return int(text)


def _language(text: str) -> str:
    if text not in {"fa", "en"}:
        raise ConfigError(f"SALON_LANGUAGE is fa or en, not {text}")
    return text


def _with_keys(settings: Settings, founding: bool) -> Settings:
    keys = _keys_of(settings.instance, founding)
    return replace(settings, secret_key=keys["secret_key"], card_key=keys["card_key"])


def _keys_of(instance: Path, founding: bool) -> dict[str, str]:
    """The keys of this salon, made once and kept beside its database."""
    path = instance / KEYS_FILE
    try:
        if founding and not path.exists():
            _make_keys(path)
        return _checked(path, path.read_bytes())
    except FileNotFoundError:
        raise ConfigError(
            f"There is no salon in {instance}: make one with salon init, or say with SALON_INSTANCE where it is;"
            f" on a further machine of the same salon put its {KEYS_FILE} there first"
        ) from None
    except OSError as error:
        raise ConfigError(f"SALON_INSTANCE: {path} cannot be used: {error.strerror}") from None


def _make_keys(path: Path) -> None:
    """Write whole keys under another name, then let them appear at once; of two first starts one is the earlier."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({name: secrets.token_hex(32) for name in _KEYS}, file)
            file.flush()
            os.fsync(file.fileno())
        _let_appear(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _let_appear(fresh: Path, path: Path) -> None:
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        return  # another start was the earlier; its keys count
    except OSError:
        fresh.rename(path)  # a file system without links


def _checked(path: Path, content: bytes) -> dict[str, str]:
    try:
        keys = json.loads(content)
    except ValueError:
        keys = None
    if not isinstance(keys, dict) or not all(isinstance(keys.get(name), str) and keys[name] for name in _KEYS):
        raise ConfigError(
            f"{path} is broken: it holds no {' and '.join(_KEYS)}. Put it back from a backup; with new keys every"
            " member card must be issued again"
        )
    return {name: keys[name] for name in _KEYS}
