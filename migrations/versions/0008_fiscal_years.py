"""Fiscal years: who closed one and when, the trace of it, and books that stay closed up to the last closed year."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CLOSED_BEFORE = """EXISTS (SELECT 1 FROM fiscal_year WHERE closed
    AND starts_on <= new.business_date AND new.business_date < ends_before)"""
# What an earlier year gets would change what a closed one began with.
CLOSED = "EXISTS (SELECT 1 FROM fiscal_year WHERE closed AND new.business_date < ends_before)"
OF_YEAR = ("jalali_year", "starts_on", "ends_before")
# What an issued invoice keeps, as the step before has it.
OF_INVOICE = (
    "branch_id", "customer_id", "number", "jalali_year", "business_date", "net", "discount", "tax", "total",
    "issued_at", "import_key", "kind", "returns_id", "corrects_id", "sale_kind_id", "shared_discount",
    "shared_discount_bp", "discount_reason", "discount_by", "tips", "rounding", "reason",
)  # fmt: skip


def _differs(columns: tuple[str, ...], operator: str) -> str:
    return "(" + " OR ".join(f"new.{column} {operator} old.{column}" for column in columns) + ")"


def _refuses(name: str, event: str, condition: str, code: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'salon:{code}'); END"


def _years_open(closed: str) -> list[str]:
    """What is dated into a closed year is refused."""
    return [
        _refuses("entry_year_open", "INSERT ON entry", closed, "year_closed"),
        _refuses(
            "invoice_year_open_INSERT", "INSERT ON invoice", f"new.number IS NOT NULL AND {closed}", "year_closed"
        ),
        _refuses(
            "invoice_year_open_UPDATE",
            "UPDATE ON invoice",
            f"old.number IS NULL AND new.number IS NOT NULL AND {closed}",
            "year_closed",
        ),
    ]


SQLITE = [
    _refuses("fiscal_year_fixed", "UPDATE ON fiscal_year", _differs(OF_YEAR, "IS NOT"), "append_only"),
    _refuses("fiscal_year_no_DELETE", "DELETE ON fiscal_year", "true", "append_only"),
    _refuses("fiscal_year_act_no_UPDATE", "UPDATE ON fiscal_year_act", "true", "append_only"),
    _refuses("fiscal_year_act_no_DELETE", "DELETE ON fiscal_year_act", "true", "append_only"),
]
SQLITE_REPLACED = [statement.split()[2] for statement in _years_open(CLOSED)]


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _raise(code: str) -> str:
    return f"RAISE EXCEPTION 'salon:{code}' USING CONSTRAINT = '{code}';"


# The years are held until the end of whoever posts: who closes one waits for her, and she for who is closing one, so that
# each posting is there when a year's balances are carried forward, or is refused.
YEAR_IS_CLOSED = """CREATE FUNCTION year_is_closed(day date) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
      year record;
      found_closed boolean := false;
    BEGIN
      FOR year IN SELECT closed FROM fiscal_year WHERE day < ends_before ORDER BY id FOR SHARE LOOP
        found_closed := found_closed OR year.closed;
      END LOOP;
      RETURN found_closed;
    END $$"""


def _closed_year_functions(closed: str) -> list[str]:
    changed = _differs(OF_INVOICE, "IS DISTINCT FROM")
    return [
        _function("refuse_closed_year", f"IF {closed} THEN {_raise('year_closed')} END IF; RETURN new;"),
        _function(
            "refuse_changed_invoice",
            f"""
      IF TG_OP = 'DELETE' THEN
        IF old.number IS NOT NULL THEN {_raise("invoice_issued")} END IF;
        RETURN old;
      END IF;
      IF TG_OP = 'UPDATE' AND old.number IS NOT NULL THEN
        IF {changed} THEN {_raise("invoice_issued")} END IF;
      ELSIF new.number IS NOT NULL THEN
        IF {closed} THEN {_raise("year_closed")} END IF;
      END IF;
      RETURN new;""",
        ),
    ]


POSTGRESQL = [
    YEAR_IS_CLOSED,
    *_closed_year_functions("year_is_closed(new.business_date)"),
    _function(
        "refuse_changed_year",
        f"""
      IF TG_OP = 'DELETE' OR {_differs(OF_YEAR, "IS DISTINCT FROM")} THEN {_raise("append_only")} END IF;
      RETURN new;""",
    ),
    """CREATE TRIGGER fiscal_year_fixed BEFORE UPDATE OR DELETE ON fiscal_year
    FOR EACH ROW EXECUTE FUNCTION refuse_changed_year()""",
    """CREATE TRIGGER fiscal_year_no_truncate BEFORE TRUNCATE ON fiscal_year
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER fiscal_year_act_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fiscal_year_act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
]
POSTGRESQL_DOWN = [
    "DROP TRIGGER fiscal_year_act_append_only ON fiscal_year_act",
    "DROP TRIGGER fiscal_year_no_truncate ON fiscal_year",
    "DROP TRIGGER fiscal_year_fixed ON fiscal_year",
    "DROP FUNCTION refuse_changed_year()",
    *_closed_year_functions(CLOSED_BEFORE),
    "DROP FUNCTION year_is_closed(date)",
]


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def upgrade() -> None:
    """A year tells who closed it; what is done with years leaves a trace."""
    number = "INTEGER" if _on_sqlite() else "BIGINT"
    moment = "DATETIME" if _on_sqlite() else "TIMESTAMP WITH TIME ZONE"
    op.execute(f"ALTER TABLE fiscal_year ADD COLUMN closed_at {moment}")
    op.execute(
        f"ALTER TABLE fiscal_year ADD COLUMN closed_by {number}"
        " CONSTRAINT fk_fiscal_year_closed_by REFERENCES user_account (id)"
    )
    op.create_table(
        "fiscal_year_act",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("fiscal_year_id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", NUMBER, nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("entry_id", NUMBER, nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.CheckConstraint("kind IN ('closed', 'reopened')", name=op.f("ck_fiscal_year_act_kind")),
        sa.CheckConstraint("kind = 'closed' OR reason <> ''", name=op.f("ck_fiscal_year_act_reason")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_fiscal_year_act_actor_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_fiscal_year_act_entry_id")),
        sa.ForeignKeyConstraint(["fiscal_year_id"], ["fiscal_year.id"], name=op.f("fk_fiscal_year_act_fiscal_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiscal_year_act")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_fiscal_year_act_idempotency_key")),
    )
    op.create_index(op.f("ix_fiscal_year_act_fiscal_year_id"), "fiscal_year_act", ["fiscal_year_id"])
    if _on_sqlite():
        _replace_on_sqlite(CLOSED)
    for statement in SQLITE if _on_sqlite() else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take the trace and what tells who closed a year away; closed years stay closed."""
    if _on_sqlite():
        for statement in SQLITE:
            op.execute(f"DROP TRIGGER {statement.split()[2]}")
        _replace_on_sqlite(CLOSED_BEFORE)
    else:
        for statement in POSTGRESQL_DOWN:
            op.execute(statement)
    op.drop_table("fiscal_year_act")
    op.execute("ALTER TABLE fiscal_year DROP COLUMN closed_by")
    op.execute("ALTER TABLE fiscal_year DROP COLUMN closed_at")


def _replace_on_sqlite(closed: str) -> None:
    for name in SQLITE_REPLACED:
        op.execute(f"DROP TRIGGER {name}")
    for statement in _years_open(closed):
        op.execute(statement)
