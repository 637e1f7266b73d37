"""What is issued stays: settlements, payments and lots are fixed, money knows its branch, closed years take no invoice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("settlement", "payment", "lot_spend")
# What an issued invoice keeps; what was paid of it, and with it the status, goes on.
OF_INVOICE = (
    "branch_id", "customer_id", "number", "jalali_year", "business_date", "net", "discount", "tax", "total",
    "issued_at", "import_key",
)  # fmt: skip
OF_LOT = ("customer_id", "unit", "amount", "valid_from", "expires_at", "entry_id", "offer_id", "terms")
IN_CLOSED_YEAR = """EXISTS (SELECT 1 FROM fiscal_year WHERE closed
    AND starts_on <= new.business_date AND new.business_date < ends_before)"""
BOOKED = """EXISTS (SELECT 1 FROM settlement WHERE settlement.invoice_id = new.invoice_id)
    OR EXISTS (SELECT 1 FROM entry WHERE source_kind = 'invoice' AND source_id = new.invoice_id)"""


def _issued(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM invoice WHERE invoice.id = {row}.invoice_id AND number IS NOT NULL)"


def _refuses(name: str, event: str, condition: str, code: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'salon:{code}'); END"


def _differs(columns: tuple[str, ...], operator: str) -> str:
    return "(" + " OR ".join(f"new.{column} {operator} old.{column}" for column in columns) + ")"


SQLITE = [
    *(
        _refuses(f"{table}_no_{verb}", f"{verb} ON {table}", "true", "append_only")
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ),
    _refuses(
        "invoice_fixed",
        "UPDATE ON invoice",
        f"old.number IS NOT NULL AND {_differs(OF_INVOICE, 'IS NOT')}",
        "invoice_issued",
    ),
    _refuses("invoice_kept", "DELETE ON invoice", "old.number IS NOT NULL", "invoice_issued"),
    _refuses("invoice_year_open_INSERT", "INSERT ON invoice", f"new.number IS NOT NULL AND {IN_CLOSED_YEAR}", "year_closed"),
    _refuses(
        "invoice_year_open_UPDATE",
        "UPDATE ON invoice",
        f"old.number IS NULL AND new.number IS NOT NULL AND {IN_CLOSED_YEAR}",
        "year_closed",
    ),
    _refuses("invoice_line_fixed_INSERT", "INSERT ON invoice_line", BOOKED, "invoice_issued"),
    _refuses("invoice_line_fixed_UPDATE", "UPDATE ON invoice_line", f"{_issued('old')} OR {_issued('new')}", "invoice_issued"),
    _refuses("invoice_line_fixed_DELETE", "DELETE ON invoice_line", _issued("old"), "invoice_issued"),
    _refuses("lot_fixed", "UPDATE ON lot", _differs(OF_LOT, "IS NOT"), "append_only"),
    _refuses("lot_no_DELETE", "DELETE ON lot", "true", "append_only"),
]  # fmt: skip
SQLITE_TRIGGERS = [statement.split()[2] for statement in SQLITE]


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _raise(code: str) -> str:
    return f"RAISE EXCEPTION 'salon:{code}' USING CONSTRAINT = '{code}';"


# JSON has no equality of its own there; its text has.
LOT_DIFFERS = _differs(OF_LOT[:-1], "IS DISTINCT FROM") + " OR new.terms::text IS DISTINCT FROM old.terms::text"
FUNCTIONS = {
    "refuse_changed_invoice": f"""
      IF TG_OP = 'DELETE' THEN
        IF old.number IS NOT NULL THEN {_raise("invoice_issued")} END IF;
        RETURN old;
      END IF;
      IF TG_OP = 'UPDATE' AND old.number IS NOT NULL THEN
        IF {_differs(OF_INVOICE, "IS DISTINCT FROM")} THEN {_raise("invoice_issued")} END IF;
      ELSIF new.number IS NOT NULL AND {IN_CLOSED_YEAR} THEN
        {_raise("year_closed")}
      END IF;
      RETURN new;""",
    "refuse_changed_line": f"""
      IF TG_OP = 'INSERT' THEN
        IF {BOOKED} THEN {_raise("invoice_issued")} END IF;
        RETURN new;
      END IF;
      IF {_issued("old")} THEN {_raise("invoice_issued")} END IF;
      IF TG_OP = 'DELETE' THEN RETURN old; END IF;
      IF {_issued("new")} THEN {_raise("invoice_issued")} END IF;
      RETURN new;""",
    "refuse_changed_lot": f"""
      IF TG_OP = 'DELETE' OR {LOT_DIFFERS} THEN {_raise("append_only")} END IF;
      RETURN new;""",
}
POSTGRESQL = [
    *(_function(name, body) for name, body in FUNCTIONS.items()),
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""
        for table in APPEND_ONLY
    ),
    """CREATE TRIGGER invoice_fixed BEFORE INSERT OR UPDATE OR DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION refuse_changed_invoice()""",
    """CREATE TRIGGER invoice_line_fixed BEFORE INSERT OR UPDATE OR DELETE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION refuse_changed_line()""",
    "CREATE TRIGGER lot_fixed BEFORE UPDATE OR DELETE ON lot FOR EACH ROW EXECUTE FUNCTION refuse_changed_lot()",
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in ("invoice", "invoice_line", "lot")
    ),
]
POSTGRESQL_DOWN = [
    *(f"DROP TRIGGER {table}_no_truncate ON {table}" for table in ("invoice", "invoice_line", "lot")),
    *(f"DROP TRIGGER {table}_fixed ON {table}" for table in ("invoice", "invoice_line", "lot")),
    *(f"DROP TRIGGER {table}_append_only ON {table}" for table in APPEND_ONLY),
    *(f"DROP FUNCTION {name}()" for name in FUNCTIONS),
]


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def upgrade() -> None:
    """Money taken so far was taken in the branch of its invoice; then what is issued is fixed."""
    op.add_column("settlement", sa.Column("branch_id", sa.BigInteger().with_variant(sa.Integer, "sqlite")))
    op.execute("UPDATE settlement SET branch_id = (SELECT branch_id FROM invoice WHERE invoice.id = invoice_id)")
    # A debt from before these books sold nothing: it earns by no offer when it is paid.
    op.execute("UPDATE invoice SET offer_terms = '[]' WHERE status = 'open' AND import_key LIKE 'opening:debt:%'")
    with op.batch_alter_table("settlement") as settlement:
        settlement.alter_column("branch_id", nullable=False)
        settlement.create_foreign_key("fk_settlement_branch_id", "branch", ["branch_id"], ["id"])
    something_left = sa.text("remaining > 0")
    op.create_index(
        "ix_lot_expires_at", "lot", ["expires_at"], sqlite_where=something_left, postgresql_where=something_left
    )
    for statement in SQLITE if _on_sqlite() else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take the guards and the branch of settlements away; the rows stay."""
    for statement in [f"DROP TRIGGER {name}" for name in SQLITE_TRIGGERS] if _on_sqlite() else POSTGRESQL_DOWN:
        op.execute(statement)
    op.drop_index("ix_lot_expires_at", "lot")
    with op.batch_alter_table("settlement") as settlement:
        settlement.drop_constraint("fk_settlement_branch_id", type_="foreignkey")
        settlement.drop_column("branch_id")
