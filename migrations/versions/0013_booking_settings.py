"""How far apart times are offered, and how long one is kept while it is being booked."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMNS = {
    "grid_minutes": "CONSTRAINT ck_salon_profile_grid CHECK (grid_minutes IN (5, 10, 15, 20, 30))",
    "hold_minutes": "CONSTRAINT ck_salon_profile_hold CHECK (hold_minutes BETWEEN 1 AND 60)",
}


def upgrade() -> None:
    """Every five minutes, and five minutes long, as it was before it could be set."""
    number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for column, guard in COLUMNS.items():
        op.execute(f"ALTER TABLE salon_profile ADD COLUMN {column} {number} NOT NULL DEFAULT 5 {guard}")


def downgrade() -> None:
    """As before: every five minutes, and five minutes long."""
    for column in COLUMNS:
        op.execute(f"ALTER TABLE salon_profile DROP COLUMN {column}")
