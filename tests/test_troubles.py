"""A busy database, a full disk, a server gone: said in a sentence, nothing half written, and the desk goes on after."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from psycopg import sql
from sqlalchemy import create_engine, func, make_url, select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from salon.appointments.models import Appointment, AppointmentItem
from salon.club.wallet.jobs import expire_lots
from salon.club.wallet.queries import verify_lots
from salon.core import clock
from salon.core import db as database
from salon.core.db import db, transaction
from salon.core.errors import DomainError
from salon.core.jalali import SALON_ZONE
from salon.core.queue import QUEUE, Queue
from salon.core.troubles import trouble_of
from salon.invoices.audit.queries import verify_invoices
from salon.invoices.models import Invoice, Payment, Settlement
from salon.ledger.queries import verify_journal
from salon.messaging.jobs import DELIVERY
from salon.messaging.models import OutboxMessage
from tests.factories import SmallSalon, give_credit
from tests.postgres import PostgresServer, libpq_address
from tests.troubles import full_disk, held_by_another

LogIn = Callable[[str], FlaskClient]
BUSY = "پایگاه داده اکنون سرگرم کار دیگری است و چیزی ذخیره نشد"
FULL = "دیسک پر است و چیزی ذخیره نشد"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LONGEST_WAIT", 100)


class Till:
    """Calls of the API by the receptionist."""

    def __init__(self, client: FlaskClient, salon: SmallSalon, headers: dict[str, str]) -> None:
        self.client, self.salon, self.headers = client, salon, headers
        self.days = iter(range(1, 3000))

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        """POST as the receptionist's program."""
        return self.client.post(f"/api/v1{path}", json=body, headers=self.headers | headers)

    def draft(self) -> int:
        """A draft for Zahra; gives its id."""
        line = {"service_id": self.salon.cut, "staff_id": self.salon.sara}
        answer = self.post("/invoices", {"customer_id": self.salon.zahra, "lines": [line]})
        assert answer.status_code == 201, answer.text
        return int(answer.json["id"])

    def settle(self, invoice_id: int) -> TestResponse:
        """Pay a draft in cash, always by the same key."""
        body = {"payments": [{"method": "cash", "amount": 450_000}]}
        return self.post(f"/invoices/{invoice_id}/settlement", body, **{"Idempotency-Key": f"of-{invoice_id}"})

    def book(self, day: int = 1) -> TestResponse:
        """Book a cut by Sara at ten o'clock, so many days from now."""
        begins = clock.now().astimezone(SALON_ZONE).replace(hour=10, minute=0) + timedelta(days=day)
        items = [{"service_id": self.salon.cut, "staff_id": self.salon.sara}]
        return self.post(
            "/appointments", {"customer_id": self.salon.zahra, "starts_at": begins.isoformat(), "items": items}
        )


@pytest.fixture
def till(client: FlaskClient, salon: SmallSalon, bearer: dict[str, str]) -> Till:
    """A till of the small salon."""
    return Till(client, salon, bearer)


def check_refused(answer: TestResponse, status: int, code: str, sentence: str) -> None:
    """A program is told by a stable code and a sentence what is the matter."""
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.text
    assert (answer.json["code"], answer.json["status"]) == (code, status)
    assert sentence in answer.json["detail"]


def check_books() -> None:
    """What is there is whole: each settlement with its money, each booking with its service, and the audit is clean."""
    db.session.rollback()
    db.session.expire_all()
    count = {table: db.session.scalar(select(func.count()).select_from(table)) for table in (Settlement, Payment)}
    assert count[Settlement] == count[Payment]
    assert count[Settlement] == db.session.scalar(select(func.count()).where(Invoice.number.is_not(None)))
    without = select(Appointment.id).where(
        ~select(AppointmentItem.id).where(AppointmentItem.appointment_id == Appointment.id).exists()
    )
    assert db.session.scalars(without).all() == []
    assert [*verify_journal(), *verify_lots(), *verify_invoices()] == []


def test_a_program_is_told_that_the_database_is_busy_and_what_it_sends_again_counts_once(
    till: Till, database_url: str
) -> None:
    draft = till.draft()
    with held_by_another(database_url):
        for answer in (
            till.settle(draft),
            till.book(),
            till.post("/customers", {"first_name": "مینا", "last_name": "شریفی"}),
        ):
            check_refused(answer, 503, "database_busy", BUSY)
            assert int(answer.headers["Retry-After"]) > 0
        assert till.client.get("/api/v1/services", headers=till.headers).status_code == 200
    check_books()
    assert [till.settle(draft).json for _ in range(2)] == [till.settle(draft).json] * 2
    assert (till.book().status_code, till.book().json["code"]) == (201, "slot_taken")
    check_books()


def test_the_receptionist_is_told_that_the_database_is_busy_and_what_she_typed_is_kept(
    till: Till, log_in: LogIn, database_url: str
) -> None:
    desk, draft = log_in("desk"), till.draft()
    pay = {"key": "one-press", "cash": "۴۵٬۰۰۰", "seen_due": "450000"}
    person = {"first_name": "پروانه", "last_name": "موسوی", "mobile": "۰۹۱۲ ۱۱۱ ۲۲۳۳"}
    with held_by_another(database_url):
        paid, added = desk.post(f"/invoices/{draft}/settle", data=pay), desk.post("/customers/new", data=person)
        for answer, typed in ((paid, "۴۵٬۰۰۰"), (added, "پروانه")):
            assert (answer.status_code, BUSY in answer.text, f'value="{typed}"' in answer.text) == (422, True, True)
        assert BUSY in desk.post(f"/invoices/{draft}/settle", data=pay, headers=SCRIPT).json["detail"]
        page = desk.post("/invoices/new", data={"walk_in": "1"})
        assert (page.status_code, BUSY in page.text) == (503, True)
        part = desk.post("/desk/customers", data={"first_name": "پری", "mobile": "09121112244"}, headers=SCRIPT)
        assert (part.status_code, part.json["code"]) == (503, "database_busy")
        assert desk.get("/desk").status_code == 200
    check_books()
    assert desk.post(f"/invoices/{draft}/settle", data=pay).status_code == 303
    assert desk.post("/customers/new", data=person).status_code == 303
    check_books()


def test_on_a_full_disk_each_settlement_is_whole_or_not_there(till: Till, database_url: str) -> None:
    drafts = [till.draft() for _ in range(40)]
    with full_disk(database_url):
        answers = [till.settle(draft) for draft in drafts]
        refused = [draft for draft, answer in zip(drafts, answers, strict=True) if answer.status_code != 200]
        assert refused
        for answer in answers:
            if answer.status_code != 200:
                check_refused(answer, 507, "disk_full", FULL)
        check_books()
    assert {till.settle(draft).status_code for draft in drafts} == {200}
    check_books()
    assert db.session.scalar(select(func.count()).select_from(Settlement)) == len(drafts)


def test_on_a_full_disk_each_booking_is_whole_or_not_there(till: Till, database_url: str) -> None:
    with full_disk(database_url):
        answers = [till.book(day) for day in range(1, 60)]
        refused = [answer for answer in answers if answer.status_code != 201]
        assert refused
        for answer in refused:
            check_refused(answer, 507, "disk_full", FULL)
        check_books()
    again = [till.book(day).status_code for day in range(1, 60)]
    assert again == [409 if answer.status_code == 201 else 201 for answer in answers]
    check_books()


def test_the_receptionist_is_told_that_the_disk_is_full_and_what_she_typed_is_kept(
    log_in: LogIn, database_url: str
) -> None:
    desk = log_in("desk")
    with full_disk(database_url):
        for number in range(200):
            typed = {"first_name": "پروانه", "mobile": f"0912{number:07}", "note": "یادداشت" * 100}
            answer = desk.post("/customers/new", data=typed)
            if answer.status_code != 303:
                break
        assert (answer.status_code, FULL in answer.text, 'value="پروانه"' in answer.text) == (422, True, True)
        assert desk.get("/customers").status_code == 200
    assert desk.post("/customers/new", data=typed).status_code == 303


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_after_the_server_was_gone_the_desk_goes_on(till: Till, database_url: str) -> None:
    draft = till.draft()
    db.session.remove()
    with psycopg.connect(libpq_address(make_url(database_url)), autocommit=True) as operator:
        operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    check_refused(till.settle(draft), 503, "database_away", "در دسترس نیست")
    db.session.remove()
    assert till.settle(draft).status_code == 200
    check_books()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_while_the_server_is_gone_every_page_says_so(log_in: LogIn, postgres_server: PostgresServer) -> None:
    desk, name = log_in("desk"), sql.Identifier(str(db.engine.url.database))
    db.session.remove()
    postgres_server.run(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
    db.engine.dispose()
    for path, kind in (("/desk", {}), ("/desk/foot", {"HX-Request": "true"}), ("/desk/events", SCRIPT)):
        g.pop("_login_user", None)  # else the context of this test remembers her
        answer = desk.get(path, headers=kind)
        assert answer.status_code == 503
        told = [json.loads(said) for said in (answer.headers.get("HX-Trigger"), answer.is_json and answer.text) if said]
        assert "در دسترس نیست" in (str(told) if told else answer.text)
    postgres_server.run(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
    db.session.remove()
    g.pop("_login_user")
    assert desk.get("/desk").status_code == 200


def test_a_busy_database_ends_the_writing_off_instead_of_being_waited_for_by_each_lot(
    salon: SmallSalon, now: datetime, database_url: str
) -> None:
    for key in ("first", "second"):
        give_credit(salon, now, 10, key, expires_at=now + timedelta(days=1))
    with held_by_another(database_url), pytest.raises(DomainError) as refused:
        expire_lots(now + timedelta(days=1))
    assert refused.value.code == "database_busy"
    db.session.rollback()
    assert expire_lots(now + timedelta(days=1)) == 2
    check_books()


def test_a_job_waits_for_a_busy_database_and_is_done_after(
    app: Flask, till: Till, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert till.settle(till.draft()).status_code == 200
    queue: Queue = app.extensions[QUEUE]
    with held_by_another(database_url):
        queue.run(DELIVERY)
    said = capsys.readouterr()
    assert "job_waits" in said.out + said.err
    assert "Traceback" not in said.out + said.err
    db.session.rollback()
    assert db.session.scalars(select(OutboxMessage.state)).all() == ["queued"]
    queue.run(DELIVERY)
    db.session.rollback()
    assert db.session.scalars(select(OutboxMessage.state)).all() == ["sent"]


def test_what_takes_a_lock_out_of_turn_is_told_as_busy_too(till: Till, engine: str) -> None:
    states = {"sqlite": (), "postgresql": ("40001", "40P01", "53300", "55P03")}[engine]
    for state in states:
        with pytest.raises(DomainError) as refused, transaction() as session:
            session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"))
        assert refused.value.code == "database_busy"


def test_a_database_that_cannot_be_opened_is_said_to_be_away(tmp_path: Path) -> None:
    with pytest.raises(DBAPIError) as error:
        create_engine(f"sqlite:///{tmp_path}/nowhere/salon.db").connect()
    told = trouble_of(error.value)
    assert told is not None
    assert (told.code, int(told.status)) == ("database_away", 503)


def test_a_disk_without_room_is_told_wherever_it_is_met() -> None:
    with pytest.raises(OSError, match="No space") as error:
        Path("/dev/full").write_text("صورت‌حساب", encoding="utf-8")
    told = trouble_of(error.value)
    assert told is not None
    assert (told.code, int(told.status)) == ("disk_full", 507)


def test_a_fault_of_the_program_is_no_trouble_of_the_machine(till: Till) -> None:
    with pytest.raises(DBAPIError) as error:
        db.session.execute(text("SELECT nothing FROM nowhere"))
    assert trouble_of(error.value) is None
    assert trouble_of(FileNotFoundError(2, "x")) is None
