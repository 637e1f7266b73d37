"""What the database itself refuses: unbalanced or changed entries, closed years, two bookings of one person; search."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("entry", "posting", "entry_seal")

SQLITE = [
    """CREATE TRIGGER entry_seal_balanced BEFORE INSERT ON entry_seal
    WHEN NOT EXISTS (SELECT 1 FROM posting WHERE entry_id = new.entry_id)
      OR EXISTS (SELECT 1 FROM posting JOIN account ON account.id = posting.account_id
                 WHERE posting.entry_id = new.entry_id GROUP BY account.unit HAVING sum(posting.amount) <> 0)
    BEGIN SELECT RAISE(ABORT, 'salon:entry_unbalanced'); END""",
    """CREATE TRIGGER posting_unsealed BEFORE INSERT ON posting
    WHEN EXISTS (SELECT 1 FROM entry_seal WHERE entry_id = new.entry_id)
    BEGIN SELECT RAISE(ABORT, 'salon:entry_sealed'); END""",
    """CREATE TRIGGER entry_year_open BEFORE INSERT ON entry
    WHEN EXISTS (SELECT 1 FROM fiscal_year WHERE closed
                 AND starts_on <= new.business_date AND new.business_date < ends_before)
    BEGIN SELECT RAISE(ABORT, 'salon:year_closed'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, 'salon:append_only'); END"""
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ),
    # A booking is shorter than a day, so looking back one day finds every overlap. `= 1` as the index says it.
    *(
        f"""CREATE TRIGGER appointment_item_slot_{verb} BEFORE {verb} ON appointment_item
    WHEN new.active
    BEGIN
      SELECT RAISE(ABORT, 'salon:booking_too_long') WHERE new.ends_at >= strftime('%Y-%m-%d %H:%M:%f', new.starts_at, '+1 day');
      SELECT RAISE(ABORT, 'salon:slot_taken') WHERE EXISTS (
        SELECT 1 FROM appointment_item AS other
        WHERE other.active = 1 AND other.staff_id = new.staff_id AND other.id IS NOT new.id
          AND other.starts_at < new.ends_at AND other.starts_at > datetime(new.starts_at, '-1 day')
          AND other.ends_at > new.starts_at);
    END"""
        for verb in ("INSERT", "UPDATE")
    ),
    "CREATE VIRTUAL TABLE customer_search USING fts5(search_key, content='customer', content_rowid='id', tokenize='trigram')",
    """CREATE TRIGGER customer_search_insert AFTER INSERT ON customer
    BEGIN INSERT INTO customer_search(rowid, search_key) VALUES (new.id, new.search_key); END""",
    """CREATE TRIGGER customer_search_delete AFTER DELETE ON customer
    BEGIN INSERT INTO customer_search(customer_search, rowid, search_key) VALUES ('delete', old.id, old.search_key); END""",
    """CREATE TRIGGER customer_search_update AFTER UPDATE OF search_key ON customer
    BEGIN
      INSERT INTO customer_search(customer_search, rowid, search_key) VALUES ('delete', old.id, old.search_key);
      INSERT INTO customer_search(rowid, search_key) VALUES (new.id, new.search_key);
    END""",
]

SQLITE_DOWN = [
    "DROP TRIGGER customer_search_update",
    "DROP TRIGGER customer_search_delete",
    "DROP TRIGGER customer_search_insert",
    "DROP TABLE customer_search",
    "DROP TRIGGER appointment_item_slot_UPDATE",
    "DROP TRIGGER appointment_item_slot_INSERT",
    *(f"DROP TRIGGER {table}_no_{verb}" for table in APPEND_ONLY for verb in ("UPDATE", "DELETE")),
    "DROP TRIGGER entry_year_open",
    "DROP TRIGGER posting_unsealed",
    "DROP TRIGGER entry_seal_balanced",
]


def _refusing_function(name: str, condition: str, code: str) -> str:
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {condition} THEN RAISE EXCEPTION 'salon:{code}' USING CONSTRAINT = '{code}'; END IF;
      RETURN NEW;
    END $$"""


POSTGRESQL = [
    _refusing_function(
        "refuse_unbalanced_entry",
        """NOT EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.entry_id)
        OR EXISTS (SELECT 1 FROM posting JOIN account ON account.id = posting.account_id
                   WHERE posting.entry_id = NEW.entry_id GROUP BY account.unit HAVING sum(posting.amount) <> 0)""",
        "entry_unbalanced",
    ),
    "CREATE TRIGGER entry_seal_balanced BEFORE INSERT ON entry_seal FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_entry()",
    _refusing_function(
        "refuse_sealed_entry", "EXISTS (SELECT 1 FROM entry_seal WHERE entry_id = NEW.entry_id)", "entry_sealed"
    ),
    "CREATE TRIGGER posting_unsealed BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION refuse_sealed_entry()",
    _refusing_function(
        "refuse_closed_year",
        """EXISTS (SELECT 1 FROM fiscal_year WHERE closed
                AND starts_on <= NEW.business_date AND NEW.business_date < ends_before)""",
        "year_closed",
    ),
    "CREATE TRIGGER entry_year_open BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION refuse_closed_year()",
    _refusing_function("refuse_change", "true", "append_only"),
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"""
        for table in APPEND_ONLY
    ),
    """ALTER TABLE appointment_item ADD CONSTRAINT slot_taken EXCLUDE USING gist
    (int8range(staff_id, staff_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (active)""",
    "ALTER TABLE appointment_item ADD CONSTRAINT booking_too_long CHECK (NOT active OR ends_at < starts_at + interval '24 hours')",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_customer_search ON customer USING gin (search_key gin_trgm_ops)",
]

POSTGRESQL_DOWN = [
    "DROP INDEX ix_customer_search",
    "ALTER TABLE appointment_item DROP CONSTRAINT booking_too_long",
    "ALTER TABLE appointment_item DROP CONSTRAINT slot_taken",
    *(f"DROP TRIGGER {table}_append_only ON {table}" for table in APPEND_ONLY),
    "DROP FUNCTION refuse_change()",
    "DROP TRIGGER entry_year_open ON entry",
    "DROP FUNCTION refuse_closed_year()",
    "DROP TRIGGER posting_unsealed ON posting",
    "DROP FUNCTION refuse_sealed_entry()",
    "DROP TRIGGER entry_seal_balanced ON entry_seal",
    "DROP FUNCTION refuse_unbalanced_entry()",
]


def _run(sqlite: list[str], postgresql: list[str]) -> None:
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgresql:
        op.execute(statement)


def upgrade() -> None:
    """Put the guards up, then index the customers that are there already."""
    _run(SQLITE, POSTGRESQL)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO customer_search(customer_search) VALUES ('rebuild')")


def downgrade() -> None:
    """Take the guards away; the rows stay."""
    _run(SQLITE_DOWN, POSTGRESQL_DOWN)
