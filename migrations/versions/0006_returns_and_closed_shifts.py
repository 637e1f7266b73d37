"""Returns, tips, discounts on the whole, other ways to pay; what is closed or posted stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Added with what rows of before have; references are named as the models name them.
COLUMNS = {
    "branch": {"active": "BOOLEAN NOT NULL DEFAULT true"},
    "product": {"counted": "BOOLEAN NOT NULL DEFAULT true", "low_stock": "{id} NOT NULL DEFAULT 0"},
    "customer": {"group_id": "{id} {customer_group}"},
    "staff_member": {"level_id": "{id} {staff_level}"},
    "salon_profile": {
        "round_to": "BIGINT NOT NULL DEFAULT 0",
        "reason_above": "BIGINT",
        "reissue_days": "{id} NOT NULL DEFAULT 30",
        "deposit_full_hours": "{id} NOT NULL DEFAULT 48",
        "deposit_half_hours": "{id} NOT NULL DEFAULT 24",
    },
    "settlement": {
        "deposit_used": "BIGINT NOT NULL DEFAULT 0",
        "change": "BIGINT NOT NULL DEFAULT 0",
        "kept": "BIGINT NOT NULL DEFAULT 0",
    },
    "invoice": {
        "kind": "VARCHAR(8) NOT NULL DEFAULT 'sale'",
        "returns_id": "{id} {invoice}",
        "corrects_id": "{id} {invoice}",
        "sale_kind_id": "{id} {sale_kind}",
        "shared_discount": "BIGINT NOT NULL DEFAULT 0",
        "shared_discount_bp": "{id}",
        "discount_reason": "VARCHAR(200) NOT NULL DEFAULT ''",
        "discount_by": "{id} {user_account}",
        "tips": "BIGINT NOT NULL DEFAULT 0",
        "rounding": "BIGINT NOT NULL DEFAULT 0",
        "promised_on": "DATE",
        "reason": "VARCHAR(200) NOT NULL DEFAULT ''",
    },
    "invoice_line": {
        "discount_bp": "{id}",
        "discount_reason": "VARCHAR(200) NOT NULL DEFAULT ''",
        "discount_by": "{id} {user_account}",
        "shared_discount": "BIGINT NOT NULL DEFAULT 0",
        "list_id": "{id} {price_list}",
        "returns_line_id": "{id} {invoice_line}",
        "package_id": "{id} {package}",
        "usable_until": "DATE",
        "series_line_id": "{id} {invoice_line}",
    },
    "payment": {
        "cashbox_id": "{id} {cashbox}",
        "staff_id": "{id} {staff_member}",
        "reference": "VARCHAR(60) NOT NULL DEFAULT ''",
        "due_on": "DATE",
    },
}
REFERRED = (
    "customer_group", "staff_level", "invoice", "sale_kind", "user_account", "price_list", "invoice_line", "package",
    "cashbox", "staff_member",
)  # fmt: skip
# Few rows have these: an index of those few is small, and is used however many have none.
SPARSE = (
    ("invoice", "returns_id"),
    ("invoice", "corrects_id"),
    ("invoice_line", "returns_line_id"),
    ("invoice_line", "series_line_id"),
)
# The rules that change, as they are from here on and as they were.
CHECKS = {
    "invoice": {
        "total": "total = net + tax + tips + rounding",
        "returns": "(kind = 'return') = (returns_id IS NOT NULL)",
    },
    "invoice_line": {"net": "net = quantity * unit_price - discount - shared_discount"},
    "lot_spend": {"amount": "amount <> 0"},
}
CHECKS_BEFORE = {
    "invoice": {"total": "total = net + tax"},
    "invoice_line": {"net": "net = quantity * unit_price - discount"},
    "lot_spend": {"amount": "amount > 0"},
}
# Of what the older books had no word for: going down would lose it.
UNTELLABLE = (
    "SELECT 1 FROM invoice WHERE kind = 'return' OR tips <> 0 OR rounding <> 0",
    "SELECT 1 FROM invoice_line WHERE shared_discount <> 0",
    "SELECT 1 FROM payment WHERE length(method) > 10",
    "SELECT 1 FROM lot_spend WHERE amount < 0",
    "SELECT 1 FROM account JOIN cashbox ON cashbox.id = account.owner_id AND cashbox.kind = account.kind WHERE NOT is_main",
)
BOXES = {"cash": "صندوق", "card_terminal": "کارتخوان", "bank": "حساب بانکی"}
SALE_KINDS = ("در سالن", "در منزل", "فروشگاه", "تلفنی")
CATEGORIES = {
    "in": ("دریافت متفرقه",),
    "out": ("اجاره", "قبض‌ها", "مواد مصرفی", "پذیرایی", "تعمیرات", "متفرقه"),
}


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


@contextmanager
def _without_triggers() -> Iterator[None]:
    """SQLite rebuilds no table that a trigger names: they are taken away meanwhile."""
    if not _on_sqlite():
        yield
        return
    bind = op.get_bind()
    kept = bind.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _sql in kept:
        bind.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _name, sql in kept:
        bind.exec_driver_sql(sql)


def _add_columns() -> None:
    number = "INTEGER" if _on_sqlite() else "BIGINT"
    for table, columns in COLUMNS.items():
        for column, kind in columns.items():
            references = {to: f"CONSTRAINT fk_{table}_{column} REFERENCES {to} (id)" for to in REFERRED}
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.format(id=number, **references)}")
    for table, column in SPARSE:
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=given, postgresql_where=given)
    op.create_index("ix_lot_entry_id", "lot", ["entry_id"])


def _check_by(checks: dict[str, dict[str, str]], before: dict[str, dict[str, str]]) -> None:
    """Rules as the tables have them from here on."""
    for table, rules in checks.items():
        with op.batch_alter_table(table) as changed:
            for name in before[table]:
                changed.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            for name, rule in rules.items():
                changed.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)


def _widen_method(length: int) -> None:
    with op.batch_alter_table("payment") as changed:
        changed.alter_column("method", type_=sa.String(length), existing_nullable=False)


def _fill() -> None:
    """Boxes of each branch, which take over the accounts of its money; kinds of sale; categories."""
    bind = op.get_bind()
    for kind, name in BOXES.items():
        bind.execute(
            sa.text(
                "INSERT INTO cashbox (branch_id, name, kind, number, is_main, active)"
                " SELECT id, :name, :kind, '', true, true FROM branch ORDER BY id"
            ),
            {"name": name, "kind": kind},
        )
    op.execute(
        "UPDATE account SET owner_id = (SELECT cashbox.id FROM cashbox WHERE cashbox.branch_id = account.branch_id"
        " AND cashbox.kind = account.kind) WHERE kind IN ('cash', 'card_terminal', 'bank') AND owner_id = 0"
    )
    for table, price_to in (("service", "price_to"), ("product", "NULL")):  # prices as they stood when history began
        begin = f"INSERT INTO price_change ({table}_id, price, price_to, changed_at) SELECT id, price, {price_to}, :now"
        told = sa.text(f"{begin} FROM {table} ORDER BY id").bindparams(
            sa.bindparam("now", type_=sa.DateTime(timezone=True))
        )
        bind.execute(told, {"now": datetime.now(UTC)})
    if bind.execute(sa.text("SELECT 1 FROM salon_profile")).first() is None:
        return  # a new salon is given them when it is set up
    for position, name in enumerate(SALE_KINDS):
        row = {"name": name, "position": position}
        bind.execute(sa.text("INSERT INTO sale_kind (name, position, active) VALUES (:name, :position, true)"), row)
    for direction, names in CATEGORIES.items():
        for name in names:
            row = {"name": name, "direction": direction}
            bind.execute(
                sa.text("INSERT INTO cash_category (name, direction, active) VALUES (:name, :direction, true)"), row
            )


def _name_boxes_of_payments() -> None:
    """Money that was paid lies in the main box of the branch that took it."""
    for method, kind in (("cash", "cash"), ("card", "card_terminal"), ("transfer", "bank")):
        op.execute(
            f"UPDATE payment SET cashbox_id = (SELECT cashbox.id FROM settlement JOIN cashbox"
            f" ON cashbox.branch_id = settlement.branch_id AND cashbox.kind = '{kind}'"
            f" WHERE settlement.id = payment.settlement_id) WHERE method = '{method}'"
        )


def upgrade() -> None:
    """Columns, rules and boxes; the guards of what is posted follow in the next step."""
    with _without_triggers():
        _add_columns()
        _check_by(CHECKS, CHECKS_BEFORE)
        _widen_method(12)
        _fill()
        if not _on_sqlite():
            op.execute("ALTER TABLE payment DISABLE TRIGGER payment_append_only")
        _name_boxes_of_payments()
        if not _on_sqlite():
            op.execute("ALTER TABLE payment ENABLE TRIGGER payment_append_only")


def downgrade() -> None:
    """Back to the older columns; refused where something is told that they have no word for."""
    bind = op.get_bind()
    if any(bind.execute(sa.text(question)).first() for question in UNTELLABLE):
        raise RuntimeError("there are returns, tips, roundings or ways to pay that the older books can't tell")
    with _without_triggers():
        op.execute("UPDATE account SET owner_id = 0 WHERE kind IN ('cash', 'card_terminal', 'bank')")
        op.drop_index("ix_lot_entry_id", "lot")
        for table, column in SPARSE:
            op.drop_index(f"ix_{table}_{column}", table)
        _check_by(CHECKS_BEFORE, CHECKS)
        _widen_method(10)
        for table, columns in COLUMNS.items():
            _drop(table, columns)


def _drop(table: str, columns: dict[str, str]) -> None:
    """Tables that were rebuilt name their references apart from the columns: SQLite rebuilds them once more."""
    if not _on_sqlite() or table not in {*CHECKS, "payment"}:
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        return
    with op.batch_alter_table(table) as changed:
        for column in columns:
            changed.drop_column(column)
