"""A salon with years behind it, in bulk: 100,000 customers, ten people, forty services, so many invoice lines."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import flask_migrate

from salon.access.models import Role
from salon.access.services import create_token, create_user, hash_of
from salon.app import create_app
from salon.catalog.models import PhaseKind
from salon.catalog.phases.rules import Phase
from salon.catalog.phases.services import set_phases
from salon.catalog.services import add_service
from salon.club.models import Reward
from salon.club.offers.services import OfferTerms, add_offer
from salon.config import load_settings
from salon.core import clock
from salon.core.db import db, transaction
from salon.core.jalali import local_date, year_range
from salon.customers.rules import key_of, reversed_mobile
from salon.setup.queries import profile
from salon.setup.services import ensure_fiscal_year, init_salon
from salon.staff.services import add_staff

CUSTOMERS = 100_000
PEOPLE = 10
SERVICES = 40
IN_PHASES = 40  # the service whose colour develops for half an hour
DRAFTS = 40_000
LINES_OF_INVOICE = 2
YEARS = 3
PRICE = 1_000_000  # rials a line
BOOKED_TODAY = 100
USER, PASSWORD = "desk", "golnarges-1405"
FIRST_NAMES = [
    "زهرا",
    "فاطمه",
    "مریم",
    "سارا",
    "نگار",
    "مینا",
    "لیلا",
    "شیرین",
    "پریسا",
    "نازنین",
    "الهام",
    "سمیرا",
    "مهسا",
    "نرگس",
    "آزاده",
    "هانیه",
    "ریحانه",
    "ترانه",
]
LAST_NAMES = [
    "کریمی",
    "احمدی",
    "رضایی",
    "محمدی",
    "حسینی",
    "شریفی",
    "موسوی",
    "جعفری",
    "صادقی",
    "نوری",
    "قاسمی",
    "اکبری",
    "رستمی",
    "کاظمی",
    "یوسفی",
    "بهرامی",
]

# Numbers from 1 to :count, joined to everything that is made by the hundred thousand.
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
CUSTOMER_OF = "1 + i * 7919 % 100000"


def fill(instance: Path, lines: int) -> str:
    """Make the salon in an instance folder and give a bearer token of its receptionist."""
    token, today = _made(instance), local_date(clock.now())
    days = 365 * YEARS - 30
    with _in_bulk(instance / "salon.db") as connection:
        _customers(connection)
        _history(connection, lines // LINES_OF_INVOICE, today - timedelta(days=days), days)
        _drafts(connection, clock.now())
        _bookings(connection, lines // 5, clock.now())
    return token


def fill_last_year(instance: Path, invoices: int) -> None:
    """Make a salon all of whose invoices lie in the fiscal year that is over."""
    _made(instance)
    first, ends = year_range(year_range(local_date(clock.now()))[0] - timedelta(days=1))
    with _in_bulk(instance / "salon.db") as connection:
        _customers(connection)
        _history(connection, invoices, first, (ends - first).days)


def _made(instance: Path) -> str:
    """An empty salon, and a token of its receptionist."""
    app = create_app(load_settings({"SALON_INSTANCE": str(instance)}))
    with app.app_context():
        flask_migrate.upgrade()
        token = _open(clock.now())
        db.session.remove()
        db.engine.dispose()
    return token


def _open(now: datetime) -> str:
    kept = hash_of(PASSWORD)
    with transaction():
        branch = init_salon(name="سالن گل‌نرگس", actor=None, now=now)
        profile().club_starts_on = local_date(now) - timedelta(days=365 * YEARS)
        for year in range(YEARS + 1):
            ensure_fiscal_year(local_date(now) - timedelta(days=365 * year))
        named = {"name": USER, "full_name": "سمیرا", "role": Role.RECEPTIONIST, "password_hash": kept}
        user = create_user(**named, branch_id=branch.id, actor=None, now=now)
        for number in range(PEOPLE):
            add_staff(branch_id=branch.id, name=f"همکار {number + 1}", code=f"s{number}", actor=None, now=now)
        for number in range(SERVICES):
            add_service(name=f"خدمت {number + 1}", price=PRICE, duration=30, actor=None, now=now)
        work, develop = Phase(PhaseKind.BUSY, 30), Phase(PhaseKind.PROCESSING, 30)
        set_phases(service_id=IN_PHASES, phases=[work, develop, work], actor=None, now=now)
        add_offer(
            terms=OfferTerms("هر ۵۰٬۰۰۰ ریال ۲ امتیاز", Reward.POINTS, step_amount=50_000, points_per_step=2),
            actor=None,
            now=now,
        )
        add_offer(
            terms=OfferTerms("کش‌بک ۵٪", Reward.CREDIT, percent_bp=500, usable_after_days=1, expires_after_days=60),
            actor=None,
            now=now,
        )
        return create_token(user=user, actor=None, now=now)


@contextmanager
def _in_bulk(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection without guards, indices and durability, which come back at the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-500000"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    kept = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    for kind, name, _sql in kept:
        connection.execute(f"DROP {kind} {name}")
    connection.execute("BEGIN")
    yield connection
    for _kind, _name, sql in kept:
        connection.execute(sql)
    connection.execute("INSERT INTO customer_search(customer_search) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.close()


def _customers(connection: sqlite3.Connection) -> None:
    chance = random.Random(1405)
    rows = []
    for number in range(1, CUSTOMERS + 1):
        first, last = chance.choice(FIRST_NAMES), f"{chance.choice(LAST_NAMES)} {chance.choice(LAST_NAMES)}"
        code, mobile = str(1000 + number), f"09{100_000_000 + number * 8999 % 900_000_000}"
        rows.append((number, code, first, last, mobile, reversed_mobile(mobile), key_of(code, first, last, mobile)))
    connection.executemany(
        """INSERT INTO customer (id, branch_id, code, first_name, last_name, mobile, mobile_reversed, shared_mobile,
             allergies, note, is_walk_in, is_member, search_key, created_at)
           VALUES (?, 1, ?, ?, ?, ?, ?, 0, '', '', 0, 1, ?, '2023-01-01 00:00:00.000000')""",
        rows,
    )
    for kind, unit in (("receivable", "IRR"), ("club_credit", "IRR"), ("points", "PTS")):
        connection.execute(
            "INSERT INTO account (kind, owner_id, branch_id, unit) SELECT ?, id, 1, ? FROM customer", (kind, unit)
        )
    for kind, unit in (("cash", "IRR"), ("revenue", "IRR"), ("club_cost", "IRR"), ("points_issued", "PTS")):
        connection.execute("INSERT INTO account (kind, owner_id, branch_id, unit) VALUES (?, 0, 1, ?)", (kind, unit))


def _history(connection: sqlite3.Connection, invoices: int, first: date, days: int) -> None:
    """Settled invoices of so many days, each with its lines, payment, entries, lots and message."""
    asked = {"count": invoices, "days": days, "first": str(first)}
    connection.execute(
        f"""INSERT INTO invoice (id, branch_id, customer_id, status, number, jalali_year, business_date, net, discount,
              tax, total, paid, created_at, issued_at, settled_at)
            {NUMBERS}, dated AS (SELECT i, date(:first, '+' || (i * :days / (:count + 1)) || ' days') AS day FROM n)
            SELECT i, 1, {CUSTOMER_OF}, 'settled', row_number() OVER (PARTITION BY jalali_year ORDER BY i), jalali_year,
              day, 2000000, 0, 0, 2000000, 2000000, day || ' 09:00:00.000000', day || ' 09:00:00.000000',
              day || ' 09:00:00.000000'
            FROM dated JOIN fiscal_year ON starts_on <= day AND day < ends_before ORDER BY i""",
        asked,
    )
    connection.execute(
        """INSERT INTO running_number (kind, branch_id, jalali_year, last)
           SELECT 'invoice', 1, jalali_year, max(number) FROM invoice GROUP BY jalali_year"""
    )
    _lines(connection, 0)
    for statement in HISTORY:
        connection.execute(statement)
    connection.execute("INSERT INTO entry_seal (entry_id) SELECT id FROM entry ORDER BY id")


def _lines(connection: sqlite3.Connection, after: int) -> None:
    connection.execute(
        """INSERT INTO invoice_line (invoice_id, position, nature, service_id, staff_id, description, quantity,
             unit_price, discount, tax_bp, tax, net)
           SELECT invoice.id, place, 'sale', 1 + (invoice.id + place) % 40, 1 + (invoice.id + place) % 10, 'خدمت', 1,
             1000000, 0, 0, 0, 1000000
           FROM invoice JOIN (SELECT 1 AS place UNION SELECT 2) WHERE invoice.id > ? ORDER BY invoice.id, place""",
        (after,),
    )


_ENTRY = """INSERT INTO entry (id, branch_id, business_date, recorded_at, kind, source_kind, source_id, idempotency_key)
    SELECT id * 3 - {back}, 1, business_date, settled_at, '{kind}', 'invoice', id, '{key}' FROM invoice ORDER BY id"""
_POSTING = """INSERT INTO posting (entry_id, account_id, amount)
    SELECT invoice.id * 3 - {back}, account.id, {amount} FROM invoice
    JOIN account ON account.kind = '{kind}' AND account.owner_id IN (0, invoice.customer_id)
      AND account.branch_id = 1 AND account.unit = '{unit}' ORDER BY invoice.id"""
_LOT = """INSERT INTO lot (customer_id, unit, amount, remaining, valid_from, expires_at, entry_id, offer_id, terms)
    SELECT customer_id, '{unit}', {amount}, {amount}, settled_at, {expires}, id * 3, {offer},
      '{{"offer": "{name}", "stack": "main", "reward": "{reward}", "basis": 2000000}}' FROM invoice ORDER BY id"""
HISTORY = [
    _ENTRY.format(back=2, kind="sale", key="invoice:' || id || ':sale"),
    _ENTRY.format(back=1, kind="payment", key="settlement:past:' || id || '"),
    _ENTRY.format(back=0, kind="award", key="invoice:' || id || ':award"),
    *(
        _POSTING.format(back=back, kind=kind, unit=unit, amount=amount)
        for back, kind, unit, amount in (
            (2, "receivable", "IRR", 2_000_000),
            (2, "revenue", "IRR", -2_000_000),
            (1, "cash", "IRR", 2_000_000),
            (1, "receivable", "IRR", -2_000_000),
            (0, "points_issued", "PTS", 80),
            (0, "points", "PTS", -80),
            (0, "club_cost", "IRR", 100_000),
            (0, "club_credit", "IRR", -100_000),
        )
    ),
    _LOT.format(unit="PTS", amount=80, expires="NULL", offer=1, name="امتیاز", reward="points"),
    _LOT.format(
        unit="IRR", amount=100_000, expires="'2099-01-01 00:00:00.000000'", offer=2, name="کش‌بک", reward="credit"
    ),
    """INSERT INTO settlement (id, branch_id, invoice_id, idempotency_key, fingerprint, settled_at, status, paid, due, credit_used,
         earned_points, earned_credit, points_left, credit_left)
       SELECT id, 1, id, 'past:' || id, hex(zeroblob(32)), settled_at, 'settled', total, 0, 0, 80, 100000, 80, 100000
       FROM invoice ORDER BY id""",
    "INSERT INTO payment (settlement_id, method, amount) SELECT id, 'cash', paid FROM settlement ORDER BY id",
    """INSERT INTO outbox_message (branch_id, customer_id, receiver, kind, text, dedupe_key, state, due_at, created_at,
         attempts, sent_at)
       SELECT 1, customer_id, mobile, 'settlement', 'زهرا عزیز، فاکتور شما تسویه شد.', 'past:' || invoice.id, 'sent',
         settled_at, settled_at, 1, settled_at
       FROM invoice JOIN customer ON customer.id = customer_id ORDER BY invoice.id""",
]


def _drafts(connection: sqlite3.Connection, now: datetime) -> None:
    """Drafts that wait to be settled."""
    last = connection.execute("SELECT max(id) FROM invoice").fetchone()[0]
    connection.execute(
        f"""INSERT INTO invoice (branch_id, customer_id, status, business_date, net, discount, tax, total, paid, created_at)
            {NUMBERS} SELECT 1, {CUSTOMER_OF}, 'draft', :day, 2000000, 0, 0, 2000000, 0, :moment FROM n""",
        {"count": DRAFTS, "day": str(local_date(now)), "moment": f"{now:%Y-%m-%d %H:%M:%S.%f}"},
    )
    _lines(connection, last)


def _bookings(connection: sqlite3.Connection, bookings: int, now: datetime) -> None:
    """Past visits, twelve a day and person, today's, of customers with something to say of them, and tomorrow's."""
    today = local_date(now)
    _visits(connection, bookings, today, step=-1)
    _visits(connection, BOOKED_TODAY, today, step=1)
    _visits(connection, PEOPLE * 12, today + timedelta(days=1), step=1)
    connection.execute(
        """UPDATE customer SET note = 'صندلی کنار پنجره را دوست دارد.', allergies = iif(id % 3, '', 'آمونیاک'),
             birthday = '1990-05-' || (10 + id % 20)
           WHERE id IN (SELECT customer_id FROM appointment WHERE starts_at >= ?)""",
        (str(today),),
    )


def _visits(connection: sqlite3.Connection, count: int, first: date, step: int) -> None:
    """Half an hour each and half an hour between, every second person half an hour later, from half past six in UTC on."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM appointment").fetchone()[0]
    begins = f"""strftime('%Y-%m-%d %H:%M:00.000000', :first, (({step}) * ((i - 1) / 120 + {int(step < 0)})) || ' days',
        (390 + (i - 1) / 10 % 12 * 60 + i % 2 * 30 + {{more}}) || ' minutes')"""
    asked = {"count": count, "first": str(first), "last": last}
    connection.execute(
        f"""INSERT INTO appointment (id, branch_id, customer_id, status, starts_at, note, created_at, status_at)
            {NUMBERS} SELECT :last + i, 1, {CUSTOMER_OF}, 'booked', {begins.format(more=0)}, '', :first || ' 00:00:00.000000',
              :first || ' 00:00:00.000000' FROM n""",
        asked,
    )
    connection.execute(
        f"""INSERT INTO appointment_item (id, appointment_id, service_id, staff_id, starts_at, ends_at, active)
            {NUMBERS} SELECT :last + i, :last + i, 1 + i % 40, 1 + (i - 1) % 10, {begins.format(more=0)},
              {begins.format(more=30)}, 1 FROM n""",
        asked,
    )
    connection.execute(
        """INSERT INTO occupancy (staff_id, starts_at, ends_at, item_id, overbooked)
           SELECT staff_id, starts_at, ends_at, id, 0 FROM appointment_item WHERE id > :last""",
        asked,
    )
