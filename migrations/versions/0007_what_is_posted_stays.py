"""What is posted stays: vouchers, deposits, stock, receipts; closed shifts; no more is returned than was sold."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("voucher", "deposit_use", "stock_movement", "receipt", "payment_outcome", "price_change")
# What an issued invoice keeps; what was paid of it, its status and what was promised go on.
OF_INVOICE_BEFORE = (
    "branch_id", "customer_id", "number", "jalali_year", "business_date", "net", "discount", "tax", "total",
    "issued_at", "import_key",
)  # fmt: skip
OF_INVOICE = (
    *OF_INVOICE_BEFORE, "kind", "returns_id", "corrects_id", "sale_kind_id", "shared_discount", "shared_discount_bp",
    "discount_reason", "discount_by", "tips", "rounding", "reason",
)  # fmt: skip
OF_DEPOSIT = (
    "branch_id", "customer_id", "amount", "method", "cashbox_id", "reference", "taken_at", "business_date", "actor_id",
    "idempotency_key", "fingerprint", "entry_id",
)  # fmt: skip
BOOKED = """EXISTS (SELECT 1 FROM settlement WHERE settlement.invoice_id = {invoice})
    OR EXISTS (SELECT 1 FROM entry WHERE source_kind = 'invoice' AND source_id = {invoice})"""
LINE_OF = "(SELECT invoice_id FROM invoice_line WHERE invoice_line.id = {row}.line_id)"
ISSUED = "EXISTS (SELECT 1 FROM invoice WHERE invoice.id = {invoice} AND number IS NOT NULL)"
# A till is closed up to its last counting: what is dated before it, or entered later for a day that was counted, is
# refused. Days are those of Tehran, whose clocks have not been moved since 1401.
SHIFT_CLOSED = """EXISTS (SELECT 1 FROM account
    JOIN cashbox ON cashbox.id = account.owner_id AND cashbox.kind = account.kind
    JOIN entry ON entry.id = new.entry_id
    WHERE account.id = new.account_id AND account.kind = 'cash' AND (
      EXISTS (SELECT 1 FROM shift WHERE shift.cashbox_id = cashbox.id
        AND shift.business_date > entry.business_date AND shift.closed_at IS NOT NULL)
      OR (entry.business_date < {recorded_on} AND EXISTS (SELECT 1 FROM shift WHERE shift.cashbox_id = cashbox.id
        AND entry.business_date <= {closed_on}))))"""
SQLITE_DAYS = {
    "recorded_on": "date(entry.recorded_at, '+210 minutes')",
    "closed_on": "date(shift.closed_at, '+210 minutes')",
}
POSTGRESQL_DAYS = {
    "recorded_on": "(entry.recorded_at AT TIME ZONE 'Asia/Tehran')::date",
    "closed_on": "(shift.closed_at AT TIME ZONE 'Asia/Tehran')::date",
}
RETURNED_TOO_MUCH = """(SELECT sold.quantity FROM invoice_line sold WHERE sold.id = new.returns_line_id)
    + (SELECT COALESCE(SUM(back.quantity), 0) FROM invoice_line back WHERE back.returns_line_id = new.returns_line_id)
    + new.quantity < 0"""
IN_CLOSED_YEAR = """EXISTS (SELECT 1 FROM fiscal_year WHERE closed
    AND starts_on <= new.business_date AND new.business_date < ends_before)"""


def _differs(columns: tuple[str, ...], operator: str) -> str:
    return "(" + " OR ".join(f"new.{column} {operator} old.{column}" for column in columns) + ")"


def _refuses(name: str, event: str, condition: str, code: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, 'salon:{code}'); END"


def _invoice_fixed(columns: tuple[str, ...]) -> str:
    condition = f"old.number IS NOT NULL AND {_differs(columns, 'IS NOT')}"
    return _refuses("invoice_fixed", "UPDATE ON invoice", condition, "invoice_issued")


def _belongings(table: str, invoice: str) -> list[str]:
    """What belongs to an invoice is written before it is booked, and stays once it is issued."""
    old, new = (invoice.format(row=row) for row in ("old", "new"))
    return [
        _refuses(f"{table}_fixed_INSERT", f"INSERT ON {table}", BOOKED.format(invoice=new), "invoice_issued"),
        _refuses(
            f"{table}_fixed_UPDATE",
            f"UPDATE ON {table}",
            f"{ISSUED.format(invoice=old)} OR {ISSUED.format(invoice=new)}",
            "invoice_issued",
        ),
        _refuses(f"{table}_fixed_DELETE", f"DELETE ON {table}", ISSUED.format(invoice=old), "invoice_issued"),
    ]


SQLITE = [
    *(
        _refuses(f"{table}_no_{verb}", f"{verb} ON {table}", "true", "append_only")
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ),
    *_belongings("tip", "{row}.invoice_id"),
    *_belongings("line_share", LINE_OF),
    _refuses("deposit_fixed", "UPDATE ON deposit", _differs(OF_DEPOSIT, "IS NOT"), "append_only"),
    _refuses("deposit_no_DELETE", "DELETE ON deposit", "true", "append_only"),
    _refuses("shift_fixed", "UPDATE ON shift", "old.closed_at IS NOT NULL", "period_closed"),
    _refuses("shift_no_DELETE", "DELETE ON shift", "true", "append_only"),
    _refuses("posting_shift_open", "INSERT ON posting", SHIFT_CLOSED.format(**SQLITE_DAYS), "period_closed"),
    _refuses(
        "invoice_line_returns",
        "INSERT ON invoice_line",
        f"new.returns_line_id IS NOT NULL AND {RETURNED_TOO_MUCH}",
        "return_exceeds_sale",
    ),
]
SQLITE_NAMES = [statement.split()[2] for statement in SQLITE]


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _raise(code: str) -> str:
    return f"RAISE EXCEPTION 'salon:{code}' USING CONSTRAINT = '{code}';"


def _refuse_changed_invoice(columns: tuple[str, ...]) -> str:
    return _function(
        "refuse_changed_invoice",
        f"""
      IF TG_OP = 'DELETE' THEN
        IF old.number IS NOT NULL THEN {_raise("invoice_issued")} END IF;
        RETURN old;
      END IF;
      IF TG_OP = 'UPDATE' AND old.number IS NOT NULL THEN
        IF {_differs(columns, "IS DISTINCT FROM")} THEN {_raise("invoice_issued")} END IF;
      ELSIF new.number IS NOT NULL AND {IN_CLOSED_YEAR} THEN
        {_raise("year_closed")}
      END IF;
      RETURN new;""",
    )


def _refuse_changed_belonging(invoice: str) -> str:
    old, new = (invoice.format(row=row) for row in ("old", "new"))
    return f"""
      IF TG_OP = 'INSERT' THEN
        IF {BOOKED.format(invoice=new)} THEN {_raise("invoice_issued")} END IF;
        RETURN new;
      END IF;
      IF {ISSUED.format(invoice=old)} THEN {_raise("invoice_issued")} END IF;
      IF TG_OP = 'DELETE' THEN RETURN old; END IF;
      IF {ISSUED.format(invoice=new)} THEN {_raise("invoice_issued")} END IF;
      RETURN new;"""


FUNCTIONS = {
    "refuse_changed_tip": _refuse_changed_belonging("{row}.invoice_id"),
    "refuse_changed_share": _refuse_changed_belonging(LINE_OF),
    "refuse_changed_deposit": f"""
      IF TG_OP = 'DELETE' OR {_differs(OF_DEPOSIT, "IS DISTINCT FROM")} THEN {_raise("append_only")} END IF;
      RETURN new;""",
    "refuse_changed_shift": f"""
      IF TG_OP = 'DELETE' THEN {_raise("append_only")} END IF;
      IF old.closed_at IS NOT NULL THEN {_raise("period_closed")} END IF;
      RETURN new;""",
    "refuse_closed_shift": f"IF {SHIFT_CLOSED.format(**POSTGRESQL_DAYS)} THEN {_raise('period_closed')} END IF; RETURN new;",
    "refuse_great_return": f"""
      IF new.returns_line_id IS NOT NULL AND {RETURNED_TOO_MUCH} THEN {_raise("return_exceeds_sale")} END IF;
      RETURN new;""",
}
TRIGGERS = {
    "tip_fixed": ("INSERT OR UPDATE OR DELETE ON tip", "refuse_changed_tip"),
    "line_share_fixed": ("INSERT OR UPDATE OR DELETE ON line_share", "refuse_changed_share"),
    "deposit_fixed": ("UPDATE OR DELETE ON deposit", "refuse_changed_deposit"),
    "shift_fixed": ("UPDATE OR DELETE ON shift", "refuse_changed_shift"),
    "posting_shift_open": ("INSERT ON posting", "refuse_closed_shift"),
    "invoice_line_returns": ("INSERT ON invoice_line", "refuse_great_return"),
}
UNTRUNCATED = ("tip", "line_share", "deposit", "shift")


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def upgrade() -> None:
    """Guards of the new tables, and more that an issued invoice keeps."""
    if _on_sqlite():
        for statement in ["DROP TRIGGER invoice_fixed", _invoice_fixed(OF_INVOICE), *SQLITE]:
            op.execute(statement)
        return
    op.execute(_refuse_changed_invoice(OF_INVOICE))
    for name, body in FUNCTIONS.items():
        op.execute(_function(name, body))
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for name, (event, function) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW EXECUTE FUNCTION {function}()")
    for table in UNTRUNCATED:
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take the guards away; the rows stay."""
    if _on_sqlite():
        for name in [*SQLITE_NAMES, "invoice_fixed"]:
            op.execute(f"DROP TRIGGER {name}")
        op.execute(_invoice_fixed(OF_INVOICE_BEFORE))
        return
    for table in UNTRUNCATED:
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    for name, (event, _function_name) in TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {event.rpartition(' ')[2]}")
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")
    op.execute(_refuse_changed_invoice(OF_INVOICE_BEFORE))
