"""The floor: bare Flask views with hand-written SQL that answer the same calls and write the same rows as durably."""

import json
import sqlite3
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, abort, request

from .serving import serve
from .visits import free_visits

TEHRAN = ZoneInfo("Asia/Tehran")
EARNED_POINTS, EARNED_CREDIT = 80, 100_000
CUSTOMER_COLUMNS = (
    *("id", "code", "first_name", "last_name", "mobile", "shared_mobile", "birthday", "wedding_day", "allergies"),
    *("note", "is_member"),
)


def create_floor(path: Path) -> Flask:
    """An application of five views over a salon's SQLite file."""
    app = Flask("floor")
    of_thread = threading.local()

    def connect() -> sqlite3.Connection:
        if not hasattr(of_thread, "connection"):
            of_thread.connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
                of_thread.connection.execute(f"PRAGMA {pragma}").close()
        return of_thread.connection

    def user_of_request(connection: sqlite3.Connection) -> int:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        found = connection.execute(
            """SELECT user_account.id FROM user_account JOIN api_token ON user_id = user_account.id
               WHERE token_hash = ? AND revoked_at IS NULL AND active""",
            (sha256(token.encode()).hexdigest(),),
        ).fetchone()
        return int(found[0]) if found else abort(401)

    @contextmanager
    def transaction(connection: sqlite3.Connection) -> Iterator[None]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    @app.post("/api/v1/invoices/<int:invoice_id>/settlement")
    def settle(invoice_id: int) -> dict[str, Any]:
        connection = connect()
        user_id = user_of_request(connection)
        amount = sum(part["amount"] for part in request.get_json()["payments"])
        with transaction(connection):
            return settle_invoice(connection, invoice_id, amount, user_id)

    @app.post("/api/v1/appointments")
    def book() -> tuple[dict[str, Any], int]:
        connection = connect()
        user_id = user_of_request(connection)
        asked = request.get_json()
        with transaction(connection):
            return book_visit(connection, asked, user_id), 201

    @app.get("/api/v1/availability")
    def availability() -> dict[str, Any]:
        connection = connect()
        user_of_request(connection)
        return {
            "slots": free_slots(connection, date.fromisoformat(request.args["date"]), int(request.args["service_id"]))
        }

    @app.post("/api/v1/availability")
    def offered_visits() -> dict[str, Any]:
        connection = connect()
        user_of_request(connection)
        return {"slots": free_visits(connection, request.get_json())}

    @app.get("/api/v1/customers")
    def find_customers() -> dict[str, Any]:
        connection = connect()
        user_of_request(connection)
        return {"items": found_customers(connection, request.args["search"]), "next": None}

    return app


def moment_text(moment: datetime) -> str:
    """A moment as SQLite keeps it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def settle_invoice(connection: sqlite3.Connection, invoice_id: int, amount: int, user_id: int) -> dict[str, Any]:
    """Settle a draft in cash: number, three entries, two lots, settlement, payment, message."""
    now = datetime.now(UTC)
    moment, today = moment_text(now), str(now.astimezone(TEHRAN).date())
    customer_id, mobile, total = connection.execute(
        """SELECT customer_id, mobile, total FROM invoice JOIN customer ON customer.id = customer_id
           WHERE invoice.id = ? AND status = 'draft'""",
        (invoice_id,),
    ).fetchone()
    number = connection.execute(
        """UPDATE running_number SET last = last + 1 WHERE kind = 'invoice' AND branch_id = 1 AND jalali_year =
           (SELECT jalali_year FROM fiscal_year WHERE starts_on <= ? AND ends_before > ?) RETURNING last, jalali_year""",
        (today, today),
    ).fetchone()
    accounts = dict(
        connection.execute(
            """SELECT kind, id FROM account WHERE branch_id = 1 AND owner_id IN (0, ?) AND kind IN
               ('receivable', 'revenue', 'cash', 'club_cost', 'club_credit', 'points_issued', 'points')""",
            (customer_id,),
        ).fetchall()
    )
    key = f"api:{uuid.uuid4().hex}"
    entries = [
        ("sale", f"invoice:{invoice_id}:sale", (("receivable", total), ("revenue", -total))),
        ("payment", f"settlement:{key}", (("cash", amount), ("receivable", -amount))),
        (
            *("award", f"invoice:{invoice_id}:award"),
            (
                *(("club_cost", EARNED_CREDIT), ("club_credit", -EARNED_CREDIT)),
                *(("points_issued", EARNED_POINTS), ("points", -EARNED_POINTS)),
            ),
        ),
    ]
    for kind, entry_key, postings in entries:
        entry_id = connection.execute(
            """INSERT INTO entry (branch_id, business_date, recorded_at, actor_id, kind, source_kind, source_id,
                 idempotency_key) VALUES (1, ?, ?, ?, ?, 'invoice', ?, ?)""",
            (today, moment, user_id, kind, invoice_id, entry_key),
        ).lastrowid
        connection.executemany(
            "INSERT INTO posting (entry_id, account_id, amount) VALUES (?, ?, ?)",
            [(entry_id, accounts[account], part) for account, part in postings],
        )
        connection.execute("INSERT INTO entry_seal (entry_id) VALUES (?)", (entry_id,))
    terms = json.dumps({"offer": "باشگاه", "stack": "main", "basis": total})
    connection.executemany(
        """INSERT INTO lot (customer_id, unit, amount, remaining, valid_from, expires_at, entry_id, offer_id, terms)
           VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?)""",
        [
            (customer_id, "PTS", EARNED_POINTS, EARNED_POINTS, moment, entry_id, 1, terms),
            (customer_id, "IRR", EARNED_CREDIT, EARNED_CREDIT, moment, entry_id, 2, terms),
        ],
    )
    connection.execute(
        """UPDATE invoice SET status = 'settled', number = ?, jalali_year = ?, business_date = ?, paid = ?,
             settled_at = ?, issued_at = ? WHERE id = ?""",
        (*number, today, amount, moment, moment, invoice_id),
    )
    settlement_id = connection.execute(
        """INSERT INTO settlement (branch_id, invoice_id, idempotency_key, fingerprint, settled_at, actor_id, status, paid, due,
             credit_used, earned_points, earned_credit, points_left, credit_left)
           VALUES (1, ?, ?, ?, ?, ?, 'settled', ?, 0, 0, ?, ?, 0, 0)""",
        (
            *(invoice_id, key, sha256(key.encode()).hexdigest(), moment, user_id, amount),
            *(EARNED_POINTS, EARNED_CREDIT),
        ),
    ).lastrowid
    connection.execute(
        "INSERT INTO payment (settlement_id, method, amount) VALUES (?, 'cash', ?)", (settlement_id, amount)
    )
    enqueue(connection, customer_id, mobile, "settlement", f"settlement:{key}", moment, moment, None)
    return {
        "invoice_id": invoice_id,
        "number": number[0],
        "status": "settled",
        "paid": amount,
        "due": 0,
        "credit_used": 0,
        "earned": {"points": EARNED_POINTS, "credit": EARNED_CREDIT},
    }


def enqueue(
    connection: sqlite3.Connection,
    customer_id: int,
    mobile: str,
    kind: str,
    key: str,
    due_at: str,
    now: str,
    expires_at: str | None,
) -> None:
    """A message to a customer."""
    connection.execute(
        """INSERT INTO outbox_message (branch_id, customer_id, receiver, kind, text, dedupe_key, state, due_at,
             expires_at, created_at, attempts) VALUES (1, ?, ?, ?, 'مشتری عزیز، از دیدن شما خوشحال می‌شویم.', ?, 'queued',
             ?, ?, ?, 0) ON CONFLICT DO NOTHING""",
        (customer_id, mobile, kind, key, due_at, expires_at, now),
    )


def book_visit(connection: sqlite3.Connection, asked: dict[str, Any], user_id: int) -> dict[str, Any]:
    """Book one service, with its reminder."""
    now = datetime.now(UTC)
    begins = datetime.fromisoformat(asked["starts_at"]).astimezone(UTC)
    (item,) = asked["items"]
    minutes = connection.execute("SELECT duration FROM service WHERE id = ?", (item["service_id"],)).fetchone()[0]
    mobile = connection.execute("SELECT mobile FROM customer WHERE id = ?", (asked["customer_id"],)).fetchone()[0]
    ends = begins + timedelta(minutes=minutes)
    appointment_id = connection.execute(
        """INSERT INTO appointment (branch_id, customer_id, status, starts_at, note, created_at, created_by, status_at)
           VALUES (1, ?, 'booked', ?, '', ?, ?, ?)""",
        (asked["customer_id"], moment_text(begins), moment_text(now), user_id, moment_text(now)),
    ).lastrowid
    item_id = connection.execute(
        """INSERT INTO appointment_item (appointment_id, service_id, staff_id, starts_at, ends_at, active)
           VALUES (?, ?, ?, ?, ?, 1)""",
        (appointment_id, item["service_id"], item["staff_id"], moment_text(begins), moment_text(ends)),
    ).lastrowid
    connection.execute(
        "INSERT INTO occupancy (staff_id, starts_at, ends_at, item_id, overbooked) VALUES (?, ?, ?, ?, 0)",
        (item["staff_id"], moment_text(begins), moment_text(ends), item_id),
    )
    key = f"reminder:{appointment_id}:{begins:%Y-%m-%dT%H:%MZ}"
    due_at = moment_text(begins - timedelta(days=1))
    enqueue(connection, asked["customer_id"], mobile, "reminder", key, due_at, moment_text(now), moment_text(begins))
    times = {"starts_at": begins.isoformat(), "ends_at": ends.isoformat()}
    return {
        "id": appointment_id,
        "customer_id": asked["customer_id"],
        "status": "booked",
        "starts_at": begins.isoformat(),
        "items": [{"id": item_id, **item, **times}],
    }


def free_slots(connection: sqlite3.Connection, day: date, service_id: int) -> list[dict[str, Any]]:
    """The quarters of an hour of everybody's day at which the service fits."""
    minutes = connection.execute("SELECT duration FROM service WHERE id = ?", (service_id,)).fetchone()[0]
    midnight = datetime.combine(day, time(), TEHRAN).astimezone(UTC)
    hours = connection.execute(
        """SELECT staff_member.id, starts_at, ends_at FROM staff_member JOIN working_hours ON staff_id = staff_member.id
           WHERE active AND weekday = ? ORDER BY position, staff_member.id""",
        ((day.weekday() + 2) % 7,),
    ).fetchall()
    rows = connection.execute(
        f"""SELECT staff_id, starts_at, ends_at FROM appointment_item WHERE active = 1 AND starts_at > ? AND starts_at < ?
            AND ends_at > ? AND staff_id IN ({",".join("?" * len(hours))})""",
        (
            *(moment_text(midnight - timedelta(days=1)), moment_text(midnight + timedelta(days=1))),
            *(moment_text(midnight), *(row[0] for row in hours)),
        ),
    ).fetchall()
    busy: dict[int, list[tuple[int, int]]] = {}
    for staff_id, begins, ends in rows:
        busy.setdefault(staff_id, []).append((minute_of(begins, midnight), minute_of(ends, midnight)))
    slots = []
    for staff_id, opens, closes in hours:
        taken = busy.get(staff_id, ())
        for start in range(-(-opens // 15) * 15, closes - minutes + 1, 15):
            if not any(begins < start + minutes and ends > start for begins, ends in taken):
                slots.append(
                    {
                        "staff_id": staff_id,
                        "starts_at": (midnight + timedelta(minutes=start)).isoformat(),
                        "ends_at": (midnight + timedelta(minutes=start + minutes)).isoformat(),
                    }
                )
    return slots


def minute_of(text: str, midnight: datetime) -> int:
    """Minutes of the day."""
    return int((datetime.fromisoformat(text).replace(tzinfo=UTC) - midnight).total_seconds()) // 60


def found_customers(connection: sqlite3.Connection, typed: str) -> list[dict[str, Any]]:
    """Twenty customers by a part of the name, mobile or code."""
    rows = connection.execute(
        f"""SELECT {", ".join(f"customer.{column}" for column in CUSTOMER_COLUMNS)} FROM
              (SELECT rowid AS id FROM customer_search WHERE customer_search MATCH ? LIMIT 20) AS found
            JOIN customer ON customer.id = found.id ORDER BY customer.id""",
        (" ".join(f'"{word}"' for word in typed.split()),),
    ).fetchall()
    found = [dict(zip(CUSTOMER_COLUMNS, row, strict=True)) for row in rows]
    for customer in found:
        customer["full_name"] = f"{customer['first_name']} {customer['last_name']}"
        customer["shared_mobile"], customer["is_member"] = bool(customer["shared_mobile"]), bool(customer["is_member"])
    return found


if __name__ == "__main__":
    serve(create_floor(Path(sys.argv[1]) / "salon.db"), threads=8)
