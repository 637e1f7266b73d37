"""What is true of messages without a database: parts, waiting times, states, and what the provider's codes mean."""

from collections.abc import Mapping
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from .errors import GatewayError, GatewayStopped, Retryable, RowRefused
from .models import MessageState

LEASE = timedelta(minutes=5)  # longer than a whole batch takes when every message runs into its time limits
BATCH = 10
PAUSE = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=1)
MAX_ATTEMPTS = 48  # some two days: an older text does more harm than good

# GSM 03.38, the alphabet that carries 160 letters in one message; those of its extension table count twice.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")

STATE_LABELS = {
    MessageState.QUEUED: _l("در صف"),
    MessageState.SENDING: _l("در حال فرستادن"),
    MessageState.RETRY: _l("تلاش دوباره"),
    MessageState.SENT: _l("فرستاده شد"),
    MessageState.DELIVERED: _l("رسید"),
    MessageState.FAILED: _l("فرستاده نشد"),
    MessageState.CANCELLED: _l("لغو شد"),
}
STATE_TONES = {
    MessageState.QUEUED: "warn",
    MessageState.SENDING: "warn",
    MessageState.RETRY: "warn",
    MessageState.SENT: "good",
    MessageState.DELIVERED: "good",
    MessageState.FAILED: "bad",
}

_NEXT: Mapping[MessageState, frozenset[MessageState]] = {
    MessageState.QUEUED: frozenset({MessageState.SENDING, MessageState.CANCELLED, MessageState.FAILED}),
    MessageState.RETRY: frozenset({MessageState.SENDING, MessageState.CANCELLED, MessageState.FAILED}),
    MessageState.SENDING: frozenset(
        {
            MessageState.SENDING,  # the lease ran out and another worker took it over
            MessageState.QUEUED,  # given back untried
            MessageState.RETRY,
            MessageState.SENT,
            MessageState.FAILED,
            MessageState.CANCELLED,
        }
    ),
    MessageState.SENT: frozenset({MessageState.DELIVERED, MessageState.FAILED}),
    MessageState.CANCELLED: frozenset(
        {
            MessageState.SENT,  # it was on its way already when it was cancelled
            MessageState.QUEUED,  # the visit it reminds of is on again
        }
    ),
    MessageState.DELIVERED: frozenset(),
    MessageState.FAILED: frozenset(),
}

# The provider's codes (kavenegar.com/rest.html, "return.status"). A wrong sender (412) counts among those that stop:
# the sender is the salon's setting, and no message could mend it. A wrong method (404, 405) is a wrong address.
_STOPS = frozenset({401, 403, 404, 405, 407, 412, 416, 418, 420, 426, 427, 501})
_REFUSES_ROW = frozenset({400, 406, 411, 413, 414, 417, 419, 422, 424, 428, 431, 432, 607})
# Of one message ("entries.status"): failed at the line, not delivered, fee returned, receiver refuses advertising.
_LOST = frozenset({6, 11, 13, 14})


def segments(text: str) -> int:
    """How many messages the provider counts for a text: 70 then 67 in UCS-2 (any Persian letter), else 160 then 153."""
    if all(letter in _GSM or letter in _GSM_EXTENSION for letter in text):
        return _parts(sum(2 if letter in _GSM_EXTENSION else 1 for letter in text), single=160, part=153)
    return _parts(len(text.encode("utf-16-le")) // 2, single=70, part=67)


def _parts(length: int, *, single: int, part: int) -> int:
    if length <= single:
        return 1 if length else 0
    return -(-length // part)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: one minute, doubling up to an hour."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


def may_become(state: MessageState, following: MessageState) -> bool:
    """Whether a message may go from one state to another; a delivered or failed one never goes back."""
    return following in _NEXT[state]


def states_before(following: MessageState) -> tuple[MessageState, ...]:
    """The states a message may come from."""
    return tuple(state for state in MessageState if may_become(state, following))


def meaning_of(status: int) -> type[GatewayError]:
    """What the provider's refusal means. An unknown code is tried again, and gives up by itself after MAX_ATTEMPTS."""
    if status in _STOPS:
        return GatewayStopped
    if status in _REFUSES_ROW:
        return RowRefused
    return Retryable


def is_lost(entry_status: int) -> bool:
    """Whether the provider took a message and says at once that it will not arrive."""
    return entry_status in _LOST
