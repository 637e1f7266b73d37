"""Writing the outbox: putting a message in, taking it back, claiming what is due, and recording what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import CursorResult, Update, update
from sqlalchemy.dialects import postgresql, sqlite

from ..core.db import db, is_postgresql
from .errors import GatewayError
from .gateways import Outgoing, Sent
from .models import GatewayAlarm, MessageState, OutboxMessage
from .queries import due_locked
from .rules import BATCH, LEASE, MAX_ATTEMPTS, PAUSE, backoff, states_before

_ONCE = ["dedupe_key"]
_ENQUEUE_SQLITE = sqlite.insert(OutboxMessage).on_conflict_do_nothing(index_elements=_ONCE)
_ENQUEUE_POSTGRESQL = postgresql.insert(OutboxMessage).on_conflict_do_nothing(index_elements=_ONCE)
_RAISE_SQLITE = sqlite.insert(GatewayAlarm).on_conflict_do_nothing()
_RAISE_POSTGRESQL = postgresql.insert(GatewayAlarm).on_conflict_do_nothing()
_WAITING = (MessageState.QUEUED, MessageState.RETRY)
_ERROR_LENGTH = 300


@dataclass(frozen=True)
class Claim:
    """A message one worker may send. `attempt` tells this claim from later ones, when its lease has run out."""

    message: Outgoing
    attempt: int


@dataclass(frozen=True)
class NewMessage:
    """A message to be sent once per `dedupe_key`, from `due_at` on and never after `expires_at` (UTC)."""

    branch_id: int
    customer_id: int | None
    receiver: str
    kind: str
    text: str
    dedupe_key: str
    due_at: datetime
    expires_at: datetime | None = None


def enqueue(message: NewMessage, *, now: datetime) -> None:
    """Put a message into the outbox; one that is there already stays as it is."""
    statement = _ENQUEUE_POSTGRESQL if is_postgresql() else _ENQUEUE_SQLITE
    row = {**vars(message), "state": MessageState.QUEUED.value, "created_at": now, "attempts": 0}
    db.session.connection().execute(statement, row)


def cancel(dedupe_key: str) -> bool:
    """Take a message back; False when there is none or it has gone. One on its way is not tried again."""
    return _changed(
        update(OutboxMessage)
        .where(OutboxMessage.dedupe_key == dedupe_key, OutboxMessage.state.in_(states_before(MessageState.CANCELLED)))
        .values(state=MessageState.CANCELLED.value, lease_until=None)
    )


def restore(dedupe_key: str, *, due_at: datetime) -> bool:
    """Put a message back that was cancelled before it went; False when there is none."""
    return _changed(
        update(OutboxMessage)
        .where(
            OutboxMessage.dedupe_key == dedupe_key,
            OutboxMessage.state == MessageState.CANCELLED.value,
            OutboxMessage.sent_at.is_(None),
        )
        .values(state=MessageState.QUEUED.value, due_at=due_at)
    )


def claim_due(*, now: datetime, limit: int = BATCH) -> list[Claim]:
    """Claim what is due, oldest first, also what another worker left; give up what is too old or too often tried."""
    rows = due_locked(now=now, limit=limit)
    expired = [row.id for row in rows if row.expires_at is not None and row.expires_at <= now]
    spent = [row.id for row in rows if row.attempts >= MAX_ATTEMPTS and row.id not in expired]
    _give_up(expired, "expired", _("زمان فرستادن پیام گذشت"))
    _give_up(spent, "attempts", _("پس از تلاش‌های بسیار فرستاده نشد"))
    return _lease([row.id for row in rows if row.id not in {*expired, *spent}], now)


def _lease(ids: Sequence[int], now: datetime) -> list[Claim]:
    if not ids:
        return []
    leased = db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(state=MessageState.SENDING.value, lease_until=now + LEASE, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage.id, OutboxMessage.receiver, OutboxMessage.text, OutboxMessage.attempts)
    ).all()
    claims = {row.id: Claim(Outgoing(row.id, row.receiver, row.text), row.attempts) for row in leased}
    return [claims[message_id] for message_id in ids]


def _give_up(ids: Sequence[int], code: str, sentence: str) -> None:
    if ids:
        db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id.in_(ids))
            .values(state=MessageState.FAILED.value, lease_until=None, error_code=code, error_text=sentence)
        )


def record_sent(claim: Claim, sent: Sent, *, now: datetime) -> None:
    """Record that a message has gone, also when its lease had run out or it was cancelled on the way."""
    db.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.id == claim.message.id,
            OutboxMessage.state.in_((*states_before(MessageState.SENT), *_WAITING)),
        )
        .values(
            state=MessageState.SENT.value,
            lease_until=None,
            sent_at=now,
            provider_id=sent.provider_id,
            cost=sent.cost,
            error_code=None,
            error_text=None,
        )
    )


def record_retry(claim: Claim, error: GatewayError, *, now: datetime) -> None:
    """Let a message wait for its next attempt."""
    due_at = now + backoff(claim.attempt)
    db.session.execute(_held(claim).values(state=MessageState.RETRY.value, due_at=due_at, **_why(error)))


def record_refused(claim: Claim, error: GatewayError) -> None:
    """Record that a message failed for good."""
    db.session.execute(_held(claim).values(state=MessageState.FAILED.value, **_why(error)))


def release(claims: Sequence[Claim]) -> None:
    """Put messages back that were not tried; the attempt does not count."""
    for claim in claims:
        state = MessageState.QUEUED if claim.attempt == 1 else MessageState.RETRY
        db.session.execute(_held(claim).values(state=state.value, attempts=claim.attempt - 1, lease_until=None))


def _held(claim: Claim) -> Update:
    """A change to a message as long as this claim still holds it: a later claim has a higher number."""
    return update(OutboxMessage).where(
        OutboxMessage.id == claim.message.id,
        OutboxMessage.state == MessageState.SENDING,
        OutboxMessage.attempts == claim.attempt,
    )


def _why(error: GatewayError) -> dict[str, str | None]:
    return {"lease_until": None, "error_code": error.code[:20], "error_text": str(error.message)[:_ERROR_LENGTH]}


def raise_alarm(*, gateway: str, error: GatewayError, now: datetime) -> None:
    """Let a gateway rest and say why, until a message goes through again; a second stop prolongs the same alarm."""
    why = {"code": error.code[:20], "message": str(error.message)[:_ERROR_LENGTH], "paused_until": now + PAUSE}
    standing = GatewayAlarm.gateway == gateway, GatewayAlarm.cleared_at.is_(None)
    if _changed(update(GatewayAlarm).where(*standing).values(**why)):
        return
    fresh = _RAISE_POSTGRESQL if is_postgresql() else _RAISE_SQLITE
    db.session.execute(fresh.values(gateway=gateway, raised_at=now, **why))


def clear_alarm(*, gateway: str, now: datetime) -> bool:
    """End a gateway's alarm: a message went through. False when none stood."""
    return _changed(
        update(GatewayAlarm)
        .where(GatewayAlarm.gateway == gateway, GatewayAlarm.cleared_at.is_(None))
        .values(cleared_at=now)
    )


def _changed(statement: Update) -> bool:
    result = db.session.execute(statement)
    return isinstance(result, CursorResult) and result.rowcount > 0
