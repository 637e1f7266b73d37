"""The outbox: messages to customers, written in the transaction that causes them, and the gateway's alarms."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base, identity


class MessageState(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"  # claimed by a worker until `lease_until`
    RETRY = "retry"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"  # for good
    CANCELLED = "cancelled"


class OutboxMessage(Base):
    """One message to one receiver. Its id is the provider's `localid`: a crash sends nothing twice."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_due", "state", "due_at"),
        Index("ix_outbox_message_customer", "customer_id", "id"),
    )

    id: Mapped[identity]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branch.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    receiver: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(30))  # settlement, reminder…
    text: Mapped[str] = mapped_column(Text)
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=MessageState.QUEUED)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]  # sent no later than this: a reminder is of no use after the visit began
    created_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(40))
    cost: Mapped[int | None] = mapped_column(BigInteger)  # rials, as the provider says
    error_code: Mapped[str | None] = mapped_column(String(20))
    error_text: Mapped[str | None] = mapped_column(String(300))


class GatewayAlarm(Base):
    """A gateway that sends nothing until somebody acts (no credit, key not valid). One stands at a time per gateway."""

    __tablename__ = "gateway_alarm"
    __table_args__ = (
        Index(
            "uq_gateway_alarm_standing",
            "gateway",
            unique=True,
            sqlite_where=text("cleared_at IS NULL"),
            postgresql_where=text("cleared_at IS NULL"),
        ),
    )

    id: Mapped[identity]
    gateway: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(String(300))
    raised_at: Mapped[datetime]
    paused_until: Mapped[datetime]  # messages wait so long before one of them tries the gateway again
    cleared_at: Mapped[datetime | None]
