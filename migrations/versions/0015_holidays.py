"""Official days off that a branch keeps, by the moon that was seen, and bookings that stay outside working hours."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A salon keeps none of them until it says so, as before."""
    op.create_table(
        "kept_holiday",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_kept_holiday_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_holiday")),
        sa.UniqueConstraint("branch_id", "code", name=op.f("uq_kept_holiday_branch_id_code")),
    )
    op.create_table(
        "holiday_shift",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("hijri_year", ID, nullable=False),
        sa.Column("days", ID, nullable=False),
        sa.CheckConstraint("days BETWEEN -2 AND 2 AND days <> 0", name=op.f("ck_holiday_shift_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_shift")),
        sa.UniqueConstraint("code", "hijri_year", name=op.f("uq_holiday_shift_code_hijri_year")),
    )
    op.create_table(
        "standing_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("kept_by", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["appointment_item.id"], name=op.f("fk_standing_item_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_standing_item_staff_id")),
        sa.ForeignKeyConstraint(["kept_by"], ["user_account.id"], name=op.f("fk_standing_item_kept_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_item")),
        sa.UniqueConstraint("item_id", name=op.f("uq_standing_item_item_id")),
    )


def downgrade() -> None:
    """Without them."""
    for table in ("standing_item", "holiday_shift", "kept_holiday"):
        op.drop_table(table)
