"""Settings: frozen, typed, and refusing to start when wrong."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
    testing: bool = False


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment and the instance folder. Raises ConfigError."""
    instance = Path(environ.get("SALON_INSTANCE", "instance")).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    keys = _keys_of(instance)
    return Settings(
        instance=instance,
        database_url=_database_url(environ, instance),
        secret_key=keys["secret_key"],
        card_key=keys["card_key"],
        port=_number(environ, "PORT", 8000, most=65535),
        host=environ.get("SALON_HOST", "127.0.0.1"),
        threads=_number(environ, "SALON_THREADS", 8, least=1, most=256),
        sms_gateway=_gateway(environ),
        kavenegar_key=environ.get("SALON_KAVENEGAR_KEY", ""),
        kavenegar_sender=environ.get("SALON_KAVENEGAR_SENDER", ""),
        kavenegar_host=environ.get("SALON_KAVENEGAR_HOST", "api.kavenegar.com"),
        login_limit=environ.get("SALON_LOGIN_LIMIT", "10 per minute"),
        proxies=_number(environ, "SALON_PROXIES", 0, most=8),
        language=_language(environ.get("SALON_LANGUAGE", "fa")),
    )


def _gateway(environ: Mapping[str, str]) -> str:
    name = environ.get("SALON_SMS_GATEWAY", "console")
    if name not in {"console", "kavenegar"}:
        raise ConfigError(f"SALON_SMS_GATEWAY is console or kavenegar, not {name}")
    if name == "kavenegar" and not environ.get("SALON_KAVENEGAR_KEY"):
        raise ConfigError("SALON_SMS_GATEWAY=kavenegar needs SALON_KAVENEGAR_KEY")
    return name


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("SALON_DATABASE_URL", f"sqlite:///{instance / 'salon.db'}")
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise ConfigError("SALON_DATABASE_URL is an sqlite:/// or a postgresql:// address")


def _number(environ: Mapping[str, str], name: str, usual: int, *, least: int = 0, most: int) -> int:
    text = environ.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise ConfigError(f"{name} is a number between {least} and {most}, not {text}")
    return int(text)


def _language(text: str) -> str:
    if text not in {"fa", "en"}:
        raise ConfigError(f"SALON_LANGUAGE is fa or en, not {text}")
    return text


def _keys_of(instance: Path) -> dict[str, str]:
    """The keys of this salon, made once and kept beside its database."""
    path = instance / "keys.json"
    if not path.exists():
        fresh = {"secret_key": secrets.token_hex(32), "card_key": secrets.token_hex(32)}
        path.touch(mode=0o600)
        path.write_text(json.dumps(fresh), encoding="utf-8")
    keys = json.loads(path.read_text(encoding="utf-8"))
    if not {"secret_key", "card_key"} <= keys.keys():
        raise ConfigError(f"{path.name} in the instance folder lacks a key")
    return dict(keys)
