"""Rules of booking: notice, patch tests, touch-ups, prices of one's own, series; what happened to each booking."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
RIALS = sa.BigInteger()
TABLES = ("booking_rule", "follow_up", "own_price", "patch_test", "booking_series", "appointment_change")
# Added with what rows of before have; the one reference is named as the models name it.
COLUMNS = {
    "salon_profile": {
        "least_notice": "{id} NOT NULL DEFAULT 0 CONSTRAINT ck_salon_profile_least_notice CHECK (least_notice >= 0)",
        "furthest_days": "{id} CONSTRAINT ck_salon_profile_furthest_days CHECK (furthest_days > 0)",
        "late_cancel_hours": "{id} NOT NULL DEFAULT 24"
        " CONSTRAINT ck_salon_profile_late_cancel CHECK (late_cancel_hours >= 0)",
        "misses_before_deposit": "{id} CONSTRAINT ck_salon_profile_misses CHECK (misses_before_deposit > 0)",
        "deposit_share_bp": "{id} NOT NULL DEFAULT 3000"
        " CONSTRAINT ck_salon_profile_deposit_share CHECK (deposit_share_bp BETWEEN 0 AND 10000)",
    },
    "appointment": {
        "late": "BOOLEAN NOT NULL DEFAULT {no}",
        "series_id": "{id} CONSTRAINT fk_appointment_series_id REFERENCES booking_series (id)",
    },
    "appointment_item": {"price": "BIGINT CONSTRAINT ck_appointment_item_price CHECK (price >= 0)"},
}
# Of what the older board had no word for: going down would lose it.
UNTELLABLE = (
    *(f"SELECT 1 FROM {table}" for table in TABLES[:-1]),
    "SELECT 1 FROM appointment_change WHERE what <> 'booked'",
    "SELECT 1 FROM appointment_item WHERE price IS NOT NULL",
)


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _owned(table: str, owner: str, column: str = "") -> sa.ForeignKeyConstraint:
    """A reference that goes with what it belongs to."""
    column = column or f"{owner}_id"
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _create_rules() -> None:
    """What services ask of bookings."""
    op.create_table(
        "booking_rule",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("least_notice", ID, nullable=True),
        sa.Column("furthest_days", ID, nullable=True),
        sa.Column("patch_hours", ID, nullable=True),
        sa.Column("patch_months", ID, nullable=True),
        sa.CheckConstraint("least_notice >= 0", name=op.f("ck_booking_rule_least_notice")),
        sa.CheckConstraint("furthest_days > 0", name=op.f("ck_booking_rule_furthest_days")),
        sa.CheckConstraint("patch_hours >= 0", name=op.f("ck_booking_rule_patch_hours")),
        sa.CheckConstraint(
            "patch_months IS NULL OR (patch_months > 0 AND patch_hours IS NOT NULL)",
            name=op.f("ck_booking_rule_patch_months"),
        ),
        _owned("booking_rule", "service"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_rule")),
        sa.UniqueConstraint("service_id", name=op.f("uq_booking_rule_service_id")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("of_service_id", ID, nullable=False),
        sa.Column("within_days", ID, nullable=False),
        sa.Column("price", RIALS, nullable=False),
        sa.CheckConstraint("within_days BETWEEN 1 AND 730", name=op.f("ck_follow_up_within_days")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_follow_up_price")),
        _owned("follow_up", "service"),
        _owned("follow_up", "service", "of_service_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("service_id", "of_service_id", name=op.f("uq_follow_up_service_id_of_service_id")),
    )
    op.create_table(
        "own_price",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("price", RIALS, nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_own_price_price")),
        sa.CheckConstraint("(staff_id IS NULL) <> (customer_id IS NULL)", name=op.f("ck_own_price_whose")),
        _owned("own_price", "service"),
        _owned("own_price", "staff_member", "staff_id"),
        _owned("own_price", "customer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_price")),
        sa.UniqueConstraint("service_id", "staff_id", name=op.f("uq_own_price_service_id_staff_id")),
        sa.UniqueConstraint("service_id", "customer_id", name=op.f("uq_own_price_service_id_customer_id")),
    )


def _create_of_bookings() -> None:
    """Patch tests, bookings that repeat, and what happened to a booking."""
    op.create_table(
        "patch_test",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("tested_at", MOMENT, nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.CheckConstraint("result IN ('clear', 'reaction')", name=op.f("ck_patch_test_result")),
        _refers("patch_test", "customer_id", "customer"),
        _refers("patch_test", "service_id", "service"),
        _refers("patch_test", "created_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patch_test")),
    )
    op.create_index("ix_patch_test_customer", "patch_test", ["customer_id", "tested_at"])
    op.create_table(
        "booking_series",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("every_weeks", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 52", name=op.f("ck_booking_series_every_weeks")),
        _refers("booking_series", "branch_id", "branch"),
        _refers("booking_series", "customer_id", "customer"),
        _refers("booking_series", "created_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_series")),
    )
    op.create_table(
        "appointment_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        _refers("appointment_change", "appointment_id", "appointment"),
        _refers("appointment_change", "by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_change")),
    )
    op.create_index("ix_appointment_change_appointment_id", "appointment_change", ["appointment_id"])


def _add_columns() -> None:
    known = {"id": "INTEGER" if _on_sqlite() else "BIGINT", "no": "0" if _on_sqlite() else "false"}
    for table, columns in COLUMNS.items():
        for column, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.format(**known)}")
    some = sa.text("series_id IS NOT NULL")
    op.create_index("ix_appointment_series_id", "appointment", ["series_id"], sqlite_where=some, postgresql_where=some)


def _guard() -> None:
    """What happened to a booking stays told."""
    if not _on_sqlite():
        op.execute(
            "CREATE TRIGGER appointment_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON appointment_change"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER appointment_change_no_{verb} BEFORE {verb} ON appointment_change WHEN true"
            " BEGIN SELECT RAISE(ABORT, 'salon:append_only'); END"
        )


def upgrade() -> None:
    """Tables and columns of what a booking must keep to, and of what becomes of it."""
    _create_rules()
    _create_of_bookings()
    _add_columns()
    _guard()


def downgrade() -> None:
    """Without rules; refused where something is told that the older board has no word for."""
    bind = op.get_bind()
    if any(bind.execute(sa.text(question)).first() for question in UNTELLABLE):
        raise RuntimeError("there are rules, series or changes of bookings that the older board can't tell")
    op.drop_index("ix_appointment_series_id", "appointment")
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in reversed(TABLES):
        op.drop_table(table)
