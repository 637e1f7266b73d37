"""The waitlist, the queue of those who come without a booking, and customers' own requests."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = ("waitlist_entry", "walk_in", "booking_request", "wanted_item", "slot_offer")
# Added with what rows of before have.
COLUMNS = {
    "salon_profile": {
        "waitlist_rule": "VARCHAR(12) NOT NULL DEFAULT 'first_come'"
        " CONSTRAINT ck_salon_profile_waitlist_rule CHECK (waitlist_rule IN ('first_come', 'value'))",
        "offer_minutes": "{id} NOT NULL DEFAULT 30"
        " CONSTRAINT ck_salon_profile_offer_minutes CHECK (offer_minutes BETWEEN 5 AND 1440)",
        "web_address": "VARCHAR(200) NOT NULL DEFAULT ''",
    },
    "service": {
        "self_booking": "VARCHAR(12) NOT NULL DEFAULT 'approval'"
        " CONSTRAINT ck_service_self_booking CHECK (self_booking IN ('none', 'approval', 'confirmed'))"
    },
    "slot_hold": {"offer_id": "{id} CONSTRAINT fk_slot_hold_offer_id REFERENCES slot_offer (id)"},
}
# Going down would lose who waits.
UNTELLABLE = (
    "SELECT 1 FROM waitlist_entry WHERE state = 'waiting'",
    "SELECT 1 FROM walk_in WHERE state = 'waiting'",
    "SELECT 1 FROM booking_request WHERE state IN ('open', 'proposed')",
)


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _references(table: str, *columns: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}")) for column, to in columns
    ]


def _owned(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    """A reference that goes with what it belongs to."""
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


_ONE_OF = "CASE WHEN {} IS NULL THEN 0 ELSE 1 END"


def _exactly_one(*columns: str) -> str:
    return " + ".join(_ONE_OF.format(column) for column in columns) + " = 1"


def _create_who_waits() -> None:
    """Who waits for a time, who waits in the salon, and who asked for a time herself."""
    op.create_table(
        "waitlist_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("weekdays", ID, nullable=False),
        sa.Column("from_time", ID, nullable=False),
        sa.Column("to_time", ID, nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("state_at", MOMENT, nullable=False),
        sa.Column("appointment_id", ID, nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'left')", name=op.f("ck_waitlist_entry_state")),
        sa.CheckConstraint("starts_on < ends_before", name=op.f("ck_waitlist_entry_days")),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_waitlist_entry_weekdays")),
        sa.CheckConstraint(
            "from_time >= 0 AND from_time < to_time AND to_time <= 1440", name=op.f("ck_waitlist_entry_times")
        ),
        *_references(
            "waitlist_entry",
            ("branch_id", "branch"),
            ("customer_id", "customer"),
            ("created_by", "user_account"),
            ("appointment_id", "appointment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_entry")),
    )
    op.create_index("ix_waitlist_entry_state", "waitlist_entry", ["state", "branch_id"])
    op.create_index("ix_waitlist_entry_customer_id", "waitlist_entry", ["customer_id"])
    op.create_table(
        "walk_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("came_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("state_at", MOMENT, nullable=False),
        sa.Column("appointment_id", ID, nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'called', 'left')", name=op.f("ck_walk_in_state")),
        *_references(
            "walk_in",
            ("branch_id", "branch"),
            ("customer_id", "customer"),
            ("created_by", "user_account"),
            ("appointment_id", "appointment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in")),
    )
    op.create_index("ix_walk_in_state", "walk_in", ["state", "branch_id"])
    op.create_table(
        "booking_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("state_at", MOMENT, nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("appointment_id", ID, nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'proposed', 'confirmed', 'refused', 'withdrawn')", name=op.f("ck_booking_request_state")
        ),
        *_references(
            "booking_request",
            ("branch_id", "branch"),
            ("customer_id", "customer"),
            ("created_by", "user_account"),
            ("decided_by", "user_account"),
            ("appointment_id", "appointment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_request")),
    )
    op.create_index("ix_booking_request_state", "booking_request", ["state", "branch_id"])


def _create_offers() -> None:
    """What is wanted, and the times that were offered for it."""
    op.create_table(
        "wanted_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("walk_in_id", ID, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("position", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.CheckConstraint(_exactly_one("entry_id", "walk_in_id", "request_id"), name=op.f("ck_wanted_item_whose")),
        _owned("wanted_item", "waitlist_entry", "entry_id"),
        _owned("wanted_item", "walk_in", "walk_in_id"),
        _owned("wanted_item", "booking_request", "request_id"),
        *_references("wanted_item", ("service_id", "service"), ("staff_id", "staff_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted_item")),
    )
    for column in ("entry_id", "walk_in_id", "request_id"):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_wanted_item_{column}", "wanted_item", [column], sqlite_where=given, postgresql_where=given)
    op.create_table(
        "slot_offer",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("state_at", MOMENT, nullable=False),
        sa.Column("appointment_id", ID, nullable=True),
        sa.CheckConstraint(_exactly_one("entry_id", "request_id"), name=op.f("ck_slot_offer_whose")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_slot_offer_order")),
        sa.CheckConstraint(
            "state IN ('open', 'taken', 'declined', 'lapsed', 'withdrawn')", name=op.f("ck_slot_offer_state")
        ),
        *_references(
            "slot_offer",
            ("branch_id", "branch"),
            ("customer_id", "customer"),
            ("entry_id", "waitlist_entry"),
            ("request_id", "booking_request"),
            ("staff_id", "staff_member"),
            ("created_by", "user_account"),
            ("appointment_id", "appointment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_offer")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_slot_offer_token_hash")),
    )
    # Nobody has two offers to answer at a time.
    for name, column in (
        ("uq_slot_offer_open_entry_id", "entry_id"),
        ("uq_slot_offer_open_request_id", "request_id"),
    ):
        one = sa.text(f"state = 'open' AND {column} IS NOT NULL")
        op.create_index(
            name,
            "slot_offer",
            [column],
            unique=True,
            sqlite_where=one,
            postgresql_where=one,
        )
    still = sa.text("state = 'open'")
    op.create_index(
        "ix_slot_offer_expires_at", "slot_offer", ["expires_at"], sqlite_where=still, postgresql_where=still
    )
    op.create_index("ix_slot_offer_entry_id", "slot_offer", ["entry_id"])


def upgrade() -> None:
    """Tables of who waits and what was offered; how the waitlist works, and which services are booked from outside."""
    _create_who_waits()
    _create_offers()
    number = "INTEGER" if _on_sqlite() else "BIGINT"
    for table, columns in COLUMNS.items():
        for column, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.format(id=number)}")
    given = sa.text("offer_id IS NOT NULL")
    op.create_index("ix_slot_hold_offer_id", "slot_hold", ["offer_id"], sqlite_where=given, postgresql_where=given)


def downgrade() -> None:
    """Without them; refused while somebody waits."""
    bind = op.get_bind()
    if any(bind.execute(sa.text(question)).first() for question in UNTELLABLE):
        raise RuntimeError("somebody waits, of whom the older board has no word")
    op.execute("DELETE FROM slot_hold WHERE offer_id IS NOT NULL")
    op.drop_index("ix_slot_hold_offer_id", "slot_hold")
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in reversed(TABLES):
        op.drop_table(table)
