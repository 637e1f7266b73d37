"""Kavenegar (kavenegar.com/rest.html) behind one adapter.

The key stands in the path of every address: no address, and no text of a network error, may leave this file.
"""

import logging
from collections.abc import Mapping
from typing import Any

import requests
from flask_babel import lazy_gettext as _l
from kavenegar import KavenegarAPI

from ...config import provider_address
from ..errors import Retryable, RowRefused
from ..rules import is_lost, meaning_of
from .contract import Outgoing, Sent

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0
SUCCESS = 200


class KavenegarGateway:
    """Sends through a Kavenegar account. Raises ConfigError for a host that would show the key to the network."""

    name = "kavenegar"

    def __init__(self, *, key: str, sender: str, host: str, read_seconds: float = READ_SECONDS) -> None:
        self._client = _Client(key, base=provider_address(host), timeouts=(CONNECT_SECONDS, read_seconds))
        self._sender = sender
        # The library below writes each path, and with it the key, into its debug log.
        logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)

    def send(self, message: Outgoing) -> Sent:
        """Send a text; `localid` makes a repetition harmless. Raises Retryable, RowRefused or GatewayStopped."""
        form = {"receptor": message.receiver, "message": message.text, "localid": str(message.id)}
        if self._sender:
            form["sender"] = self._sender
        entry = _entry_of(self._client.sms_send(form))
        _refuse_stranger(entry, message)
        status = _int_of(entry.get("status"))
        if status is not None and is_lost(status):
            raise RowRefused(f"entry_{status}", entry.get("statustext") or _l("پیام به گیرنده نمی‌رسد"))
        provider_id = entry.get("messageid")
        return Sent(provider_id=None if provider_id is None else str(provider_id), cost=_int_of(entry.get("cost")))


class _Client(KavenegarAPI):  # type: ignore[misc]  # the package has no types
    """The package's own methods over a request that has time limits, a free host, and reads what a 4xx says."""

    def __init__(self, key: str, *, base: str, timeouts: tuple[float, float]) -> None:
        super().__init__(key)
        self._base = base
        self._timeouts = timeouts
        self._session = requests.Session()

    def __repr__(self) -> str:
        return "KavenegarGateway client"

    __str__ = __repr__

    def _request(self, action: str, method: str, params: Mapping[str, str] | None = None) -> Any:
        """The `entries` of a successful call. Raises what the provider's code means, and Retryable for the network."""
        url = f"{self._base}/{self.version}/{self.apikey}/{action}/{method}.json"
        try:
            # A redirect would carry the key to another host.
            response = self._session.post(url, data=params, timeout=self._timeouts, allow_redirects=False)
        except requests.Timeout:
            raise Retryable("timeout", _l("کاوه‌نگار به‌موقع پاسخ نداد")) from None
        except requests.RequestException:
            raise Retryable("network", _l("ارتباط با کاوه‌نگار برقرار نشد")) from None
        return _entries_of(response)


def _entries_of(response: requests.Response) -> Any:
    """What the envelope holds; the HTTP status only repeats the envelope's own."""
    try:
        envelope = response.json()
        status = int(envelope["return"]["status"])
        said = str(envelope["return"].get("message") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        # A proxy or a cut line answered, not the provider.
        raise Retryable(f"http_{response.status_code}", _l("پاسخ کاوه‌نگار خوانده نشد")) from None
    if status != SUCCESS:
        raise meaning_of(status)(str(status), said or _l("کاوه‌نگار پیام را نپذیرفت"))
    return envelope.get("entries")


def _entry_of(entries: Any) -> Mapping[str, Any]:
    """The one row of the answer, which comes as a list, as the row itself, or not at all."""
    first = entries[0] if isinstance(entries, list) and entries else entries
    return first if isinstance(first, Mapping) else {}


def _refuse_stranger(entry: Mapping[str, Any], message: Outgoing) -> None:
    """Refuse a row about somebody else: another salon on the same account used this id, and nothing was sent for us."""
    answered = str(entry.get("receptor") or "")
    if answered and answered[-10:] != message.receiver[-10:]:
        raise RowRefused("localid_taken", _l("شناسهٔ این پیام در این حساب کاوه‌نگار پیش‌تر به کار رفته است؛ فرستاده نشد"))


def _int_of(value: Any) -> int | None:
    """A number that may have come as text, or None."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
