"""Money at the desk: boxes, shifts, vouchers, deposits, price lists, packages, stock; returns, tips, shares."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "cash_category",
    "customer_group",
    "package",
    "sale_kind",
    "staff_level",
    "tax_rate",
    "cashbox",
    "package_item",
    "price_list",
    "debt_contact",
    "line",
    "listed_price",
    "price_change",
    "receipt",
    "shift",
    "deposit",
    "line_member",
    "voucher",
    "deposit_use",
    "tip",
    "line_share",
    "stock_movement",
    "payment_outcome",
)


def upgrade() -> None:
    """Tables that are new."""
    op.create_table(
        "cash_category",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_cash_category_direction")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_category")),
        sa.UniqueConstraint("direction", "name", name=op.f("uq_cash_category_direction_name")),
    )
    op.create_table(
        "customer_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_group")),
        sa.UniqueConstraint("name", name=op.f("uq_customer_group_name")),
    )
    op.create_table(
        "package",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("valid_days", ID, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price >= 0", name=op.f("ck_package_price")),
        sa.CheckConstraint("valid_days IS NULL OR valid_days > 0", name=op.f("ck_package_valid_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sa.UniqueConstraint("name", name=op.f("uq_package_name")),
    )
    op.create_table(
        "sale_kind",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_kind")),
        sa.UniqueConstraint("name", name=op.f("uq_sale_kind_name")),
    )
    op.create_table(
        "staff_level",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_level")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_level_name")),
    )
    op.create_table(
        "tax_rate",
        sa.Column("id", ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("rate_bp", ID, nullable=False),
        sa.CheckConstraint("rate_bp BETWEEN 0 AND 10000", name=op.f("ck_tax_rate_rate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rate")),
        sa.UniqueConstraint("starts_on", name=op.f("uq_tax_rate_starts_on")),
    )
    op.create_table(
        "cashbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('cash', 'card_terminal', 'bank')", name=op.f("ck_cashbox_kind")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_cashbox_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cashbox")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_cashbox_branch_id_name")),
    )
    op.create_index(
        "uq_cashbox_main",
        "cashbox",
        ["branch_id", "kind"],
        unique=True,
        sqlite_where=sa.text("is_main = 1"),
        postgresql_where=sa.text("is_main"),
    )

    op.create_table(
        "package_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("package_id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("sessions", ID, nullable=False),
        sa.CheckConstraint("sessions > 0", name=op.f("ck_package_item_sessions")),
        sa.ForeignKeyConstraint(
            ["package_id"], ["package.id"], name=op.f("fk_package_item_package_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_package_item_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_item")),
        sa.UniqueConstraint("package_id", "service_id", name=op.f("uq_package_item_package_id_service_id")),
    )
    op.create_table(
        "price_list",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("priority", ID, nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("branch_id", ID, nullable=True),
        sa.Column("level_id", ID, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_price_list_days")
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_price_list_branch_id")),
        sa.ForeignKeyConstraint(["group_id"], ["customer_group.id"], name=op.f("fk_price_list_group_id")),
        sa.ForeignKeyConstraint(["level_id"], ["staff_level.id"], name=op.f("fk_price_list_level_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
        sa.UniqueConstraint("name", name=op.f("uq_price_list_name")),
    )
    op.create_table(
        "debt_contact",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_debt_contact_actor_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_debt_contact_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debt_contact")),
    )
    op.create_index("ix_debt_contact_customer_id", "debt_contact", ["customer_id"])

    op.create_table(
        "line",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("head_id", ID, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_line_branch_id")),
        sa.ForeignKeyConstraint(["head_id"], ["staff_member.id"], name=op.f("fk_line_head_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_line_branch_id_name")),
    )
    op.create_table(
        "listed_price",
        sa.Column("id", ID, nullable=False),
        sa.Column("list_id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("price_to", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(service_id IS NULL) <> (product_id IS NULL)", name=op.f("ck_listed_price_one_thing")),
        sa.CheckConstraint(
            "price >= 0 AND (price_to IS NULL OR price_to >= price)", name=op.f("ck_listed_price_price")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["price_list.id"], name=op.f("fk_listed_price_list_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_listed_price_product_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_listed_price_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_price")),
        sa.UniqueConstraint("list_id", "product_id", name=op.f("uq_listed_price_list_id_product_id")),
        sa.UniqueConstraint("list_id", "service_id", name=op.f("uq_listed_price_list_id_service_id")),
    )
    op.create_index("ix_listed_price_product_id", "listed_price", ["product_id"])
    op.create_index("ix_listed_price_service_id", "listed_price", ["service_id"])

    op.create_table(
        "price_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("list_id", ID, nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("price_to", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name=op.f("fk_price_change_changed_by")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["price_list.id"], name=op.f("fk_price_change_list_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_price_change_product_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_price_change_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_change")),
    )
    op.create_index("ix_price_change_product", "price_change", ["product_id", "changed_at"])
    op.create_index("ix_price_change_service", "price_change", ["service_id", "changed_at"])

    op.create_table(
        "receipt",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("allocated", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_receipt_actor_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_receipt_branch_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_receipt_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_receipt_idempotency_key")),
    )
    op.create_index("ix_receipt_customer_id", "receipt", ["customer_id"])

    op.create_table(
        "shift",
        sa.Column("id", ID, nullable=False),
        sa.Column("cashbox_id", ID, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", ID, nullable=True),
        sa.Column("opening_counted", sa.BigInteger(), nullable=False),
        sa.Column("opening_difference", sa.BigInteger(), nullable=False),
        sa.Column("opened_after", ID, nullable=False),
        sa.Column("opening_key", sa.String(length=120), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("difference", sa.BigInteger(), nullable=True),
        sa.Column("closed_after", ID, nullable=True),
        sa.Column("closing_key", sa.String(length=120), nullable=True),
        sa.Column("explanation", sa.String(length=300), nullable=False),
        sa.Column("pieces", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("terminals", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (counted IS NULL)", name=op.f("ck_shift_closed")),
        sa.CheckConstraint("opening_counted >= 0 AND (counted IS NULL OR counted >= 0)", name=op.f("ck_shift_counted")),
        sa.ForeignKeyConstraint(["cashbox_id"], ["cashbox.id"], name=op.f("fk_shift_cashbox_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["user_account.id"], name=op.f("fk_shift_closed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["user_account.id"], name=op.f("fk_shift_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("closing_key", name=op.f("uq_shift_closing_key")),
        sa.UniqueConstraint("opening_key", name=op.f("uq_shift_opening_key")),
    )
    op.create_index("ix_shift_business_date", "shift", ["cashbox_id", "business_date"])
    op.create_index(
        "uq_shift_open",
        "shift",
        ["cashbox_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.create_table(
        "deposit",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("appointment_id", ID, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=12), nullable=False),
        sa.Column("cashbox_id", ID, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_deposit_amount")),
        sa.CheckConstraint("remaining BETWEEN 0 AND amount", name=op.f("ck_deposit_remaining")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_deposit_actor_id")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_deposit_appointment_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_deposit_branch_id")),
        sa.ForeignKeyConstraint(["cashbox_id"], ["cashbox.id"], name=op.f("fk_deposit_cashbox_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_deposit_customer_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_deposit_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_deposit_idempotency_key")),
    )
    op.create_index("ix_deposit_appointment", "deposit", ["appointment_id"])
    op.create_index("ix_deposit_customer", "deposit", ["customer_id"])

    op.create_table(
        "line_member",
        sa.Column("id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("share_bp", ID, nullable=False),
        sa.CheckConstraint("share_bp BETWEEN 0 AND 10000", name=op.f("ck_line_member_share")),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"], name=op.f("fk_line_member_line_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_line_member_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_member")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_line_member_staff_id")),
    )
    op.create_index("ix_line_member_line_id", "line_member", ["line_id"])

    op.create_table(
        "voucher",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("cashbox_id", ID, nullable=False),
        sa.Column("to_cashbox_id", ID, nullable=True),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("party", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("reverses_id", ID, nullable=True),
        sa.CheckConstraint("(kind = 'transfer') = (to_cashbox_id IS NOT NULL)", name=op.f("ck_voucher_to_cashbox")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_voucher_amount")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_voucher_actor_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_voucher_branch_id")),
        sa.ForeignKeyConstraint(["cashbox_id"], ["cashbox.id"], name=op.f("fk_voucher_cashbox_id")),
        sa.ForeignKeyConstraint(["category_id"], ["cash_category.id"], name=op.f("fk_voucher_category_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_voucher_entry_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["voucher.id"], name=op.f("fk_voucher_reverses_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_voucher_staff_id")),
        sa.ForeignKeyConstraint(["to_cashbox_id"], ["cashbox.id"], name=op.f("fk_voucher_to_cashbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_voucher_idempotency_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_voucher_reverses_id")),
    )
    op.create_index("ix_voucher_business_date", "voucher", ["cashbox_id", "business_date"])

    op.create_table(
        "deposit_use",
        sa.Column("id", ID, nullable=False),
        sa.Column("deposit_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_deposit_use_amount")),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_use_deposit_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_deposit_use_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_use")),
        sa.UniqueConstraint("deposit_id", "entry_id", name=op.f("uq_deposit_use_deposit_id_entry_id")),
    )
    op.create_index("ix_deposit_use_entry_id", "deposit_use", ["entry_id"])

    op.create_table(
        "tip",
        sa.Column("id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_tip_amount")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_tip_invoice_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_tip_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
        sa.UniqueConstraint("invoice_id", "staff_id", name=op.f("uq_tip_invoice_id_staff_id")),
    )
    op.create_table(
        "line_share",
        sa.Column("id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("share_bp", ID, nullable=False),
        sa.CheckConstraint("share_bp BETWEEN 1 AND 10000", name=op.f("ck_line_share_share")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["invoice_line.id"], name=op.f("fk_line_share_line_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_line_share_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_share")),
        sa.UniqueConstraint("line_id", "staff_id", name=op.f("uq_line_share_line_id_staff_id")),
    )
    op.create_table(
        "stock_movement",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("line_id", ID, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.CheckConstraint("quantity <> 0 OR kind = 'counted'", name=op.f("ck_stock_movement_quantity")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_stock_movement_actor_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_stock_movement_branch_id")),
        sa.ForeignKeyConstraint(["line_id"], ["invoice_line.id"], name=op.f("fk_stock_movement_line_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_movement_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_stock_movement_idempotency_key")),
    )
    op.create_index("ix_stock_movement_line_id", "stock_movement", ["line_id"])
    op.create_index("ix_stock_movement_product", "stock_movement", ["product_id", "branch_id"])

    op.create_table(
        "payment_outcome",
        sa.Column("id", ID, nullable=False),
        sa.Column("payment_id", ID, nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("cashbox_id", ID, nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("entry_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_payment_outcome_actor_id")),
        sa.ForeignKeyConstraint(["cashbox_id"], ["cashbox.id"], name=op.f("fk_payment_outcome_cashbox_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_payment_outcome_entry_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_payment_outcome_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_outcome")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_payment_outcome_payment_id")),
    )


def downgrade() -> None:
    """Take the new tables away, the youngest first."""
    for table in reversed(TABLES):
        op.drop_table(table)
