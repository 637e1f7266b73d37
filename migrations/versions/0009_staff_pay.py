"""Staff pay: schemes, terms and shares of lines, statements; in and out at the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "attendance",
    "pay_scheme",
    "pay_adjustment",
    "pay_statement",
    "pay_step",
    "pay_tally",
    "pay_payment",
    "pay_period_amount",
    "pay_statement_item",
    "pay_terms",
    "pay_share",
)
# Added with what rows of before have; references are named as the models name them.
COLUMNS = {
    "customer": {"own_staff_id": "{id} {staff_member}"},
    "invoice_line": {"redo_line_id": "{id} {invoice_line}"},
    "service": {"materials": "BIGINT NOT NULL DEFAULT 0 CONSTRAINT ck_service_materials CHECK (materials >= 0)"},
    "user_account": {"staff_id": "{id} {staff_member}"},
}
REFERRED = ("staff_member", "invoice_line")
APPEND_ONLY = (
    "pay_adjustment", "pay_payment", "pay_period_amount", "pay_share", "pay_statement", "pay_statement_item",
    "pay_terms",
)  # fmt: skip
# Of what the older books had no word for: going down would lose it.
UNTELLABLE = (
    "SELECT 1 FROM pay_statement",
    "SELECT 1 FROM pay_terms",
    "SELECT 1 FROM pay_adjustment",
    "SELECT 1 FROM account WHERE kind IN ('staff_cost', 'chair_rent')",
    "SELECT 1 FROM voucher WHERE kind = 'pay'",
)


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _create_tables() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("left_at IS NULL OR left_at > came_at", name=op.f("ck_attendance_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_attendance_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index("ix_attendance_staff", "attendance", ["staff_id", "came_at"])
    op.create_index(
        "uq_attendance_staff_id",
        "attendance",
        ["staff_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )

    op.create_table(
        "pay_scheme",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("line_id", ID, nullable=True),
        sa.Column("level_id", ID, nullable=True),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("service_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("percent_bp", ID, nullable=False),
        sa.Column("own_bp", ID, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("steps_over", sa.String(length=5), nullable=False),
        sa.Column("after_materials", sa.Boolean(), nullable=False),
        sa.Column("discount_bp", ID, nullable=True),
        sa.Column("credit_bp", ID, nullable=True),
        sa.Column("redo_bp", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_pay_scheme_amount")),
        sa.CheckConstraint("credit_bp IS NULL OR credit_bp BETWEEN 0 AND 10000", name=op.f("ck_pay_scheme_credit")),
        sa.CheckConstraint(
            "discount_bp IS NULL OR discount_bp BETWEEN 0 AND 10000", name=op.f("ck_pay_scheme_discount")
        ),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_pay_scheme_days")),
        sa.CheckConstraint("own_bp IS NULL OR own_bp BETWEEN 0 AND 10000", name=op.f("ck_pay_scheme_own")),
        sa.CheckConstraint("percent_bp BETWEEN 0 AND 10000", name=op.f("ck_pay_scheme_percent")),
        sa.CheckConstraint("redo_bp BETWEEN 0 AND 10000", name=op.f("ck_pay_scheme_redo")),
        sa.CheckConstraint("service_id IS NULL OR product_id IS NULL", name=op.f("ck_pay_scheme_one_thing")),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_pay_scheme_created_by")),
        sa.ForeignKeyConstraint(["level_id"], ["staff_level.id"], name=op.f("fk_pay_scheme_level_id")),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"], name=op.f("fk_pay_scheme_line_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_pay_scheme_product_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_pay_scheme_service_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_pay_scheme_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_scheme")),
    )
    op.create_index("ix_pay_scheme_staff_id", "pay_scheme", ["staff_id"])

    op.create_table(
        "pay_adjustment",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_pay_adjustment_amount")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_pay_adjustment_actor_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_pay_adjustment_branch_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_pay_adjustment_entry_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_pay_adjustment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_adjustment")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_pay_adjustment_idempotency_key")),
    )
    op.create_index("ix_pay_adjustment_staff_id", "pay_adjustment", ["staff_id"])

    op.create_table(
        "pay_statement",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("entry_id", ID, nullable=True),
        sa.CheckConstraint("starts_on < ends_before", name=op.f("ck_pay_statement_days")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_pay_statement_actor_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_pay_statement_branch_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_pay_statement_entry_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_pay_statement_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_statement")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_pay_statement_idempotency_key")),
        sa.UniqueConstraint("staff_id", "starts_on", name=op.f("uq_pay_statement_staff_id_starts_on")),
    )
    op.create_index("ix_pay_statement_staff", "pay_statement", ["staff_id", "ends_before"])

    op.create_table(
        "pay_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("scheme_id", ID, nullable=False),
        sa.Column("above", sa.BigInteger(), nullable=False),
        sa.Column("percent_bp", ID, nullable=False),
        sa.CheckConstraint("above >= 0", name=op.f("ck_pay_step_above")),
        sa.CheckConstraint("percent_bp BETWEEN 0 AND 10000", name=op.f("ck_pay_step_percent")),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["pay_scheme.id"], name=op.f("fk_pay_step_scheme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_step")),
        sa.UniqueConstraint("scheme_id", "above", name=op.f("uq_pay_step_scheme_id_above")),
    )
    op.create_table(
        "pay_tally",
        sa.Column("id", ID, nullable=False),
        sa.Column("scheme_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["pay_scheme.id"], name=op.f("fk_pay_tally_scheme_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_pay_tally_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_tally")),
        sa.UniqueConstraint("scheme_id", "staff_id", "month", name=op.f("uq_pay_tally_scheme_id_staff_id_month")),
    )
    op.create_table(
        "pay_payment",
        sa.Column("id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("voucher_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["pay_statement.id"], name=op.f("fk_pay_payment_statement_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_pay_payment_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_payment")),
        sa.UniqueConstraint("voucher_id", name=op.f("uq_pay_payment_voucher_id")),
    )
    op.create_index("ix_pay_payment_statement_id", "pay_payment", ["statement_id"])

    op.create_table(
        "pay_period_amount",
        sa.Column("id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("scheme_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("starts_on < ends_before", name=op.f("ck_pay_period_amount_days")),
        sa.ForeignKeyConstraint(["scheme_id"], ["pay_scheme.id"], name=op.f("fk_pay_period_amount_scheme_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["pay_statement.id"], name=op.f("fk_pay_period_amount_statement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_period_amount")),
    )
    op.create_index("ix_pay_period_amount_statement_id", "pay_period_amount", ["statement_id"])

    op.create_table(
        "pay_statement_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("statement_id", ID, nullable=False),
        sa.Column("posting_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_pay_statement_item_posting_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["pay_statement.id"], name=op.f("fk_pay_statement_item_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_statement_item")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_pay_statement_item_posting_id")),
    )
    op.create_index("ix_pay_statement_item_statement_id", "pay_statement_item", ["statement_id"])

    op.create_table(
        "pay_terms",
        sa.Column("id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("of_staff_id", ID, nullable=False),
        sa.Column("part_bp", ID, nullable=False),
        sa.Column("scheme_id", ID, nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.CheckConstraint("part_bp BETWEEN 0 AND 10000", name=op.f("ck_pay_terms_part")),
        sa.ForeignKeyConstraint(["line_id"], ["invoice_line.id"], name=op.f("fk_pay_terms_line_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["pay_scheme.id"], name=op.f("fk_pay_terms_scheme_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_pay_terms_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_terms")),
        sa.UniqueConstraint(
            "line_id", "staff_id", "role", "of_staff_id", name=op.f("uq_pay_terms_line_id_staff_id_role_of_staff_id")
        ),
    )
    op.create_index("ix_pay_terms_staff_id", "pay_terms", ["staff_id"])

    op.create_table(
        "pay_share",
        sa.Column("id", ID, nullable=False),
        sa.Column("terms_id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("discount_cost", sa.BigInteger(), nullable=False),
        sa.Column("credit_cost", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_pay_share_entry_id")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_pay_share_invoice_id")),
        sa.ForeignKeyConstraint(["terms_id"], ["pay_terms.id"], name=op.f("fk_pay_share_terms_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_share")),
    )
    op.create_index("ix_pay_share_entry_id", "pay_share", ["entry_id"])
    op.create_index("ix_pay_share_invoice_id", "pay_share", ["invoice_id"])
    op.create_index("ix_pay_share_terms_id", "pay_share", ["terms_id"])


def _add_columns() -> None:
    number = "INTEGER" if _on_sqlite() else "BIGINT"
    for table, columns in COLUMNS.items():
        for column, kind in columns.items():
            references = {to: f"CONSTRAINT fk_{table}_{column} REFERENCES {to} (id)" for to in REFERRED}
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.format(id=number, **references)}")
    again = sa.text("redo_line_id IS NOT NULL")
    op.create_index(
        "ix_invoice_line_redo_line_id", "invoice_line", ["redo_line_id"], sqlite_where=again, postgresql_where=again
    )
    op.create_index("uq_user_account_staff_id", "user_account", ["staff_id"], unique=True)


def _guard() -> None:
    """What is fixed stays: terms, shares, statements and what they hold."""
    for table in APPEND_ONLY:
        if not _on_sqlite():
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} WHEN true"
                " BEGIN SELECT RAISE(ABORT, 'salon:append_only'); END"
            )


def upgrade() -> None:
    """Tables, columns and guards of staff pay."""
    _create_tables()
    _add_columns()
    _guard()


def downgrade() -> None:
    """Without staff pay; refused where something is told that the older books have no word for."""
    bind = op.get_bind()
    if any(bind.execute(sa.text(question)).first() for question in UNTELLABLE):
        raise RuntimeError("there are terms, statements or payments of staff pay that the older books can't tell")
    op.drop_index("ix_invoice_line_redo_line_id", "invoice_line")
    op.drop_index("uq_user_account_staff_id", "user_account")
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in reversed(TABLES):
        op.drop_table(table)
