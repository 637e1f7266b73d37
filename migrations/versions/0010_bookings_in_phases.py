"""Bookings in phases: what they hold of people, rooms, chairs and devices; other hours, absences, closed days."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "resource",
    "service_phase",
    "service_resource",
    "service_extra",
    "staff_day",
    "absence",
    "closed_day",
    "slot_hold",
    "occupancy",
)
# Of what the older board had no word for: going down would lose it.
UNTELLABLE = (
    "SELECT 1 FROM appointment_item WHERE overbooked",
    *(f"SELECT 1 FROM {table}" for table in ("service_phase", "service_extra", "resource")),
    *(f"SELECT 1 FROM {table}" for table in ("staff_day", "absence", "closed_day")),
)
# A booking is shorter than a day, so looking back one day finds all that overlap.
_OVERLAPS = """other.id IS NOT new.id AND other.starts_at < new.ends_at
      AND other.starts_at > datetime(new.starts_at, '-1 day') AND other.ends_at > new.starts_at"""
SQLITE = [
    *(
        f"""CREATE TRIGGER occupancy_slot_{verb} BEFORE {verb} ON occupancy WHEN NOT new.overbooked
    BEGIN
      SELECT RAISE(ABORT, 'salon:slot_taken') WHERE new.staff_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM occupancy AS other WHERE other.staff_id = new.staff_id AND {_OVERLAPS});
      SELECT RAISE(ABORT, 'salon:resource_full') WHERE new.resource_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM (
          SELECT new.starts_at AS moment
          UNION SELECT other.starts_at FROM occupancy AS other WHERE other.resource_id = new.resource_id
            AND other.starts_at > new.starts_at AND other.starts_at < new.ends_at) AS mark
        WHERE (SELECT count(*) FROM occupancy AS other WHERE other.resource_id = new.resource_id
                 AND other.id IS NOT new.id AND other.starts_at <= mark.moment AND other.ends_at > mark.moment
                 AND other.starts_at > datetime(new.starts_at, '-1 day'))
              >= (SELECT capacity FROM resource WHERE id = new.resource_id));
    END"""
        for verb in ("INSERT", "UPDATE")
    ),
    *(
        f"""CREATE TRIGGER {table}_length_{verb} BEFORE {verb} ON {table}
    WHEN {holds} AND new.ends_at >= strftime('%Y-%m-%d %H:%M:%f', new.starts_at, '+1 day')
    BEGIN SELECT RAISE(ABORT, 'salon:booking_too_long'); END"""
        for table, holds in (("appointment_item", "new.active"), ("occupancy", "true"))
        for verb in ("INSERT", "UPDATE")
    ),
]
POSTGRESQL = [
    """ALTER TABLE occupancy ADD CONSTRAINT slot_taken EXCLUDE USING gist
    (int8range(staff_id, staff_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (staff_id IS NOT NULL AND NOT overbooked)""",
    # Who comes by overbooking stands in the way of nobody before, and of everybody after; a room is asked by one at a time.
    """CREATE FUNCTION refuse_full_slot() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.overbooked THEN RETURN NEW; END IF;
      IF NEW.staff_id IS NOT NULL THEN
        IF EXISTS (SELECT 1 FROM occupancy AS other WHERE other.staff_id = NEW.staff_id AND other.overbooked
                   AND other.id <> NEW.id AND other.starts_at < NEW.ends_at
                   AND other.starts_at > NEW.starts_at - interval '1 day' AND other.ends_at > NEW.starts_at)
        THEN RAISE EXCEPTION 'salon:slot_taken' USING CONSTRAINT = 'slot_taken'; END IF;
        RETURN NEW;
      END IF;
      PERFORM 1 FROM resource WHERE id = NEW.resource_id FOR NO KEY UPDATE;
      IF EXISTS (
        SELECT 1 FROM (
          SELECT NEW.starts_at AS moment
          UNION SELECT other.starts_at FROM occupancy AS other WHERE other.resource_id = NEW.resource_id
            AND other.starts_at > NEW.starts_at AND other.starts_at < NEW.ends_at) AS mark
        WHERE (SELECT count(*) FROM occupancy AS other WHERE other.resource_id = NEW.resource_id
                 AND other.id <> NEW.id AND other.starts_at <= mark.moment AND other.ends_at > mark.moment
                 AND other.starts_at > NEW.starts_at - interval '1 day')
              >= (SELECT capacity FROM resource WHERE id = NEW.resource_id))
      THEN RAISE EXCEPTION 'salon:resource_full' USING CONSTRAINT = 'resource_full'; END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER occupancy_slot BEFORE INSERT OR UPDATE ON occupancy
    FOR EACH ROW EXECUTE FUNCTION refuse_full_slot()""",
    "ALTER TABLE occupancy ADD CONSTRAINT booking_too_long CHECK (ends_at < starts_at + interval '24 hours')",
]
_OLD_SQLITE = [
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
]
_OLD_POSTGRESQL = [
    """ALTER TABLE appointment_item ADD CONSTRAINT slot_taken EXCLUDE USING gist
    (int8range(staff_id, staff_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (active)""",
]


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _owned(table: str, owner: str, column: str = "") -> sa.ForeignKeyConstraint:
    """A reference that goes with what it belongs to."""
    column = column or f"{owner}_id"
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")


def _create_calendar() -> None:
    """Rooms, what services are made of, and when nobody works."""
    op.create_table(
        "resource",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("capacity", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 1 AND 100", name=op.f("ck_resource_capacity")),
        sa.CheckConstraint("kind IN ('room', 'chair', 'device')", name=op.f("ck_resource_kind")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_resource_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_resource_branch_id_name")),
    )
    op.create_table(
        "service_phase",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("minutes", ID, nullable=False),
        sa.CheckConstraint("minutes > 0 AND minutes < 1440", name=op.f("ck_service_phase_minutes")),
        sa.CheckConstraint("kind IN ('busy', 'processing', 'buffer')", name=op.f("ck_service_phase_kind")),
        _owned("service_phase", "service"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_phase")),
        sa.UniqueConstraint("service_id", "position", name=op.f("uq_service_phase_service_id_position")),
    )
    op.create_table(
        "service_resource",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("resource_id", ID, nullable=False),
        _owned("service_resource", "service"),
        _owned("service_resource", "resource"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_resource")),
        sa.UniqueConstraint("service_id", "resource_id", name=op.f("uq_service_resource_service_id_resource_id")),
    )
    op.create_table(
        "service_extra",
        sa.Column("id", ID, nullable=False),
        sa.Column("service_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("level_id", ID, nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("minutes", ID, nullable=False),
        sa.CheckConstraint(
            "(staff_id IS NOT NULL) + (level_id IS NOT NULL) + (customer_id IS NOT NULL) = 1"
            if _on_sqlite()
            else "num_nonnulls(staff_id, level_id, customer_id) = 1",
            name=op.f("ck_service_extra_whose"),
        ),
        sa.CheckConstraint("minutes <> 0 AND minutes BETWEEN -720 AND 720", name=op.f("ck_service_extra_minutes")),
        _owned("service_extra", "service"),
        _owned("service_extra", "staff_member", "staff_id"),
        _owned("service_extra", "staff_level", "level_id"),
        _owned("service_extra", "customer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_extra")),
        sa.UniqueConstraint("service_id", "staff_id", name=op.f("uq_service_extra_service_id_staff_id")),
        sa.UniqueConstraint("service_id", "level_id", name=op.f("uq_service_extra_service_id_level_id")),
        sa.UniqueConstraint("service_id", "customer_id", name=op.f("uq_service_extra_service_id_customer_id")),
    )


def _create_days() -> None:
    """Other hours of a date, absences, and days on which the salon is closed."""
    op.create_table(
        "staff_day",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", ID, nullable=True),
        sa.Column("ends_at", ID, nullable=True),
        sa.CheckConstraint(
            "(starts_at IS NULL AND ends_at IS NULL) OR (starts_at >= 0 AND starts_at < ends_at AND ends_at <= 1440)",
            name=op.f("ck_staff_day_order"),
        ),
        _owned("staff_day", "staff_member", "staff_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_day")),
        sa.UniqueConstraint("staff_id", "day", "starts_at", name=op.f("uq_staff_day_staff_id_day_starts_at")),
    )
    op.create_index("ix_staff_day_day", "staff_day", ["day"])
    op.create_table(
        "absence",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_absence_order")),
        _owned("absence", "staff_member", "staff_id"),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_absence_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_ends_at", "absence", ["ends_at"])
    op.create_table(
        "closed_day",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_closed_day_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
        sa.UniqueConstraint("branch_id", "day", name=op.f("uq_closed_day_branch_id_day")),
    )


def _create_occupancy() -> None:
    """What bookings and held slots take of people and resources."""
    op.create_table(
        "slot_hold",
        sa.Column("id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_slot_hold_branch_id")),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name=op.f("fk_slot_hold_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_hold")),
    )
    op.create_index("ix_slot_hold_expires_at", "slot_hold", ["expires_at"])
    op.create_table(
        "occupancy",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=True),
        sa.Column("resource_id", ID, nullable=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("item_id", ID, nullable=True),
        sa.Column("hold_id", ID, nullable=True),
        sa.Column("overbooked", sa.Boolean(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_occupancy_order")),
        sa.CheckConstraint("(staff_id IS NULL) <> (resource_id IS NULL)", name=op.f("ck_occupancy_of")),
        sa.CheckConstraint("(item_id IS NULL) <> (hold_id IS NULL)", name=op.f("ck_occupancy_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_occupancy_staff_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_occupancy_resource_id")),
        _owned("occupancy", "appointment_item", "item_id"),
        _owned("occupancy", "slot_hold", "hold_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
    )
    op.create_index("ix_occupancy_item_id", "occupancy", ["item_id"])
    for name, columns, given in (
        ("ix_occupancy_hold_id", ["hold_id"], "hold_id IS NOT NULL"),
        ("ix_occupancy_staff", ["staff_id", "starts_at"], "staff_id IS NOT NULL"),
        ("ix_occupancy_resource", ["resource_id", "starts_at"], "resource_id IS NOT NULL"),
    ):
        some = sa.text(given)
        op.create_index(name, "occupancy", columns, sqlite_where=some, postgresql_where=some)


def upgrade() -> None:
    """What holds people moves from the services of bookings to rows of their own."""
    _create_calendar()
    _create_days()
    _create_occupancy()
    no = "0" if _on_sqlite() else "false"
    op.execute("ALTER TABLE appointment_item ADD COLUMN phases JSON NOT NULL DEFAULT '[]'")
    op.execute(f"ALTER TABLE appointment_item ADD COLUMN overbooked BOOLEAN NOT NULL DEFAULT {no}")
    if _on_sqlite():
        _run([f"DROP TRIGGER appointment_item_slot_{verb}" for verb in ("INSERT", "UPDATE")])
    else:
        op.execute("ALTER TABLE appointment_item DROP CONSTRAINT slot_taken")
    op.execute(
        "INSERT INTO occupancy (staff_id, starts_at, ends_at, item_id, overbooked)"
        f" SELECT staff_id, starts_at, ends_at, id, {no} FROM appointment_item WHERE active"
    )
    _run(SQLITE if _on_sqlite() else POSTGRESQL)


def downgrade() -> None:
    """Without phases; refused where something is told that the older board has no word for."""
    bind = op.get_bind()
    if any(bind.execute(sa.text(question)).first() for question in UNTELLABLE):
        raise RuntimeError(
            "there are phases, rooms, absences, closed days or overbookings that the older board can't tell"
        )
    if _on_sqlite():
        _run([f"DROP TRIGGER appointment_item_length_{verb}" for verb in ("INSERT", "UPDATE")])
    for table in reversed(TABLES):
        op.drop_table(table)
    if not _on_sqlite():
        op.execute("DROP FUNCTION refuse_full_slot()")
    for column in ("phases", "overbooked"):
        op.execute(f"ALTER TABLE appointment_item DROP COLUMN {column}")
    _run(_OLD_SQLITE if _on_sqlite() else _OLD_POSTGRESQL)
