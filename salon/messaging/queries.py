"""Reading the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from ..core.db import db
from ..customers.models import Customer
from .models import GatewayAlarm, MessageState, OutboxMessage
from .rules import LEASE, LONGEST_WAIT, PAUSE, states_before

_WAITING = (MessageState.QUEUED, MessageState.SENDING, MessageState.RETRY)


@dataclass(frozen=True)
class ListedMessage:
    """A message and whom it is for; `customer` is None where the receiver is no customer."""

    message: OutboxMessage
    customer: Customer | None


class Due(NamedTuple):
    """A message whose moment has come."""

    id: int
    expires_at: datetime | None
    attempts: int


def newest(limit: int, *, before: int | None = None, customer_id: int | None = None) -> Sequence[OutboxMessage]:
    """What was and will be sent, to one customer if asked, newest first; of those before a number if there is one."""
    found = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(limit)
    if customer_id is not None:
        found = found.where(OutboxMessage.customer_id == customer_id)
    if before is not None:
        found = found.where(OutboxMessage.id < before)
    return db.session.scalars(found).all()


def listed(
    limit: int,
    offset: int = 0,
    *,
    customer_id: int | None = None,
    state: MessageState | None = None,
) -> Sequence[ListedMessage]:
    """The newest messages with their customers, of one customer or in one state if asked."""
    statement = select(OutboxMessage, Customer).outerjoin(Customer, Customer.id == OutboxMessage.customer_id)
    if customer_id is not None:
        statement = statement.where(OutboxMessage.customer_id == customer_id)
    if state is not None:
        statement = statement.where(OutboxMessage.state == state)
    rows = db.session.execute(statement.order_by(OutboxMessage.id.desc()).limit(limit).offset(offset))
    return [ListedMessage(message, customer) for message, customer in rows]


def waiting_count() -> int:
    """How many messages have not gone yet."""
    return db.session.scalar(select(func.count()).where(OutboxMessage.state.in_(_WAITING))) or 0


def due_locked(*, now: datetime, limit: int) -> Sequence[Due]:
    """What is due, oldest first; nobody else can claim it (on SQLite the transaction itself keeps others out)."""
    rows = db.session.execute(
        select(OutboxMessage.id, OutboxMessage.expires_at, OutboxMessage.attempts)
        .where(*_claimable(now))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [Due(*row) for row in rows]


def _claimable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What stands in the outbox and nobody holds: the lease is empty, or ran out while its worker was gone."""
    return (
        OutboxMessage.state.in_(states_before(MessageState.SENDING)),
        _is_due(now),
        or_(
            OutboxMessage.lease_until.is_(None),
            OutboxMessage.lease_until <= now,
            OutboxMessage.lease_until > now + LEASE,  # the clock was set back
        ),
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    """What its time has come for; and, should the clock have been set back, what had come due before it was."""
    untried = OutboxMessage.state.in_((MessageState.QUEUED, MessageState.SENDING))
    return or_(
        OutboxMessage.due_at <= now,
        and_(untried, OutboxMessage.due_at <= OutboxMessage.created_at),
        and_(OutboxMessage.state == MessageState.RETRY, OutboxMessage.due_at > now + LONGEST_WAIT),
    )


def standing_alarm() -> GatewayAlarm | None:
    """The alarm that keeps messages waiting, newest first; None when all is well."""
    return db.session.scalars(
        select(GatewayAlarm).where(GatewayAlarm.cleared_at.is_(None)).order_by(GatewayAlarm.id.desc()).limit(1)
    ).first()


def is_paused(*, gateway: str, now: datetime) -> bool:
    """Whether a gateway rests because of its alarm. A longer rest than any begins says that the clock was set back."""
    paused = select(GatewayAlarm.id).where(
        GatewayAlarm.gateway == gateway,
        GatewayAlarm.cleared_at.is_(None),
        GatewayAlarm.paused_until.between(now + timedelta(microseconds=1), now + PAUSE),
    )
    return db.session.scalar(paused) is not None
