"""Each person's calendar at a secret address."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has an address until somebody makes her one."""
    op.add_column("staff_member", sa.Column("feed_key", sa.String(length=43), nullable=True))
    op.create_index("uq_staff_member_feed_key", "staff_member", ["feed_key"], unique=True)


def downgrade() -> None:
    """The addresses lead nowhere any more."""
    op.drop_index("uq_staff_member_feed_key", "staff_member")
    op.drop_column("staff_member", "feed_key")
