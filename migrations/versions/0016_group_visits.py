"""Group visits: several customers under one file with a head, companions, a trial, tasks; what a booking was first for."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = ("group_visit", "group_member", "group_task")
COLUMNS = {
    "group_id": "{id} CONSTRAINT fk_appointment_group_id REFERENCES group_visit (id)",
    "trial": "BOOLEAN NOT NULL DEFAULT {no}",
    "booked_for": "{moment}",
}
# Of what the older board had no word for: going down would lose it.
UNTELLABLE = ("SELECT 1 FROM group_visit",)


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _refers(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}"))


def _create_tables() -> None:
    op.create_table(
        "group_visit",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("head_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.CheckConstraint("state IN ('open', 'done', 'cancelled')", name=op.f("ck_group_visit_state")),
        _refers("group_visit", "branch_id", "branch"),
        _refers("group_visit", "head_id", "customer"),
        _refers("group_visit", "created_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_visit")),
    )
    op.create_index("ix_group_visit_day", "group_visit", ["branch_id", "day"])
    op.create_table(
        "group_member",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("relation", sa.String(length=60), nullable=False),
        _refers("group_member", "group_id", "group_visit"),
        _refers("group_member", "customer_id", "customer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("group_id", "customer_id", name=op.f("uq_group_member_group_id_customer_id")),
    )
    op.create_index("ix_group_member_customer_id", "group_member", ["customer_id"])
    op.create_table(
        "group_task",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        _refers("group_task", "group_id", "group_visit"),
        _refers("group_task", "staff_id", "staff_member"),
        _refers("group_task", "done_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_task")),
    )
    op.create_index("ix_group_task_group_id", "group_task", ["group_id"])


def upgrade() -> None:
    """Tables of group visits, and what bookings know of them."""
    _create_tables()
    sqlite = {"id": "INTEGER", "no": "0", "moment": "DATETIME"}
    known = sqlite if _on_sqlite() else {"id": "BIGINT", "no": "false", "moment": "TIMESTAMP WITH TIME ZONE"}
    for column, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE appointment ADD COLUMN {column} {kind.format(**known)}")
    some = sa.text("group_id IS NOT NULL")
    op.create_index("ix_appointment_group_id", "appointment", ["group_id"], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    """Without group visits; refused where there are some."""
    bind = op.get_bind()
    if any(bind.execute(sa.text(question)).first() for question in UNTELLABLE):
        raise RuntimeError("there are group visits that the older board can't tell")
    op.drop_index("ix_appointment_group_id", "appointment")
    for column in COLUMNS:
        op.execute(f"ALTER TABLE appointment DROP COLUMN {column}")
    for table in reversed(TABLES):
        op.drop_table(table)
