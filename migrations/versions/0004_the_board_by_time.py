"""A day's board is found by the time of its services, also of those that were moved to another day than the rest."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Without it the board looked at every service that was ever booked."""
    op.create_index("ix_appointment_item_starts_at", "appointment_item", ["starts_at"])


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("ix_appointment_item_starts_at", "appointment_item")
