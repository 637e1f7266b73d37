"""What the stories are told with: the real screens and calls on a clock that is set, and the audit that ends each."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

import pytest
import time_machine
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from salon.access.models import User
from salon.access.services import create_token
from salon.cli import salon as command
from salon.core.db import db, transaction
from salon.core.jalali import SALON_ZONE
from salon.invoices.models import Payment
from tests.factories import SmallSalon

LogIn = Callable[[str], FlaskClient]


class Story:
    """The small salon at work. Amounts in rials; what is typed on screens is in toman, as its people type."""

    def __init__(self, app: Flask, salon: SmallSalon, log_in: LogIn, clock: time_machine.Traveller) -> None:
        self.app, self.salon, self._log_in, self._clock = app, salon, log_in, clock
        self._keys = count(1)
        owner = db.session.get_one(User, salon.owner_id)
        with transaction():
            owners = create_token(user=owner, actor=None, now=datetime.now(UTC))
        self._tokens = {"desk": salon.token, "owner": owners}

    def at(self, day: date, clock: str) -> None:
        """It is this day and time in Tehran."""
        self._clock.move_to(datetime.combine(day, time.fromisoformat(clock), SALON_ZONE).astimezone(UTC))

    def asked(self, method: str, path: str, body: Any = None, *, who: str = "desk") -> TestResponse:
        """The answer to a call, whatever it is."""
        g.pop("_login_user", None)  # a server begins each request without it; tests share one context
        db.session.rollback()
        headers = {"Authorization": f"Bearer {self._tokens[who]}", "Idempotency-Key": f"story-{next(self._keys)}"}
        return self.app.test_client().open(f"/api/v1{path}", method=method, json=body, headers=headers)

    def call(self, method: str, path: str, body: Any = None, *, who: str = "desk") -> Any:
        """What a good answer holds."""
        answer = self.asked(method, path, body, who=who)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json

    def screen(self, who: str = "desk") -> FlaskClient:
        """A browser in which somebody has just logged in."""
        g.pop("_login_user", None)
        db.session.rollback()
        return self._log_in(who)

    def press(self, path: str, typed: dict[str, Any], *, who: str = "desk", keyed: bool = False) -> str:
        """Send a form that is taken, and give where it leads."""
        form = typed | ({"key": f"story-form-{next(self._keys)}"} if keyed else {})
        answer = self.screen(who).post(path, data=form)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def read(self, path: str, *, who: str = "desk") -> str:
        """What a screen shows."""
        shown = self.screen(who).get(path)
        assert shown.status_code == 200, shown.text
        return shown.text

    def drafted(self, *lines: dict[str, Any], **more: Any) -> Any:
        """A draft of these lines for Zahra."""
        return self.call("POST", "/invoices", {"customer_id": self.salon.zahra, "lines": [*lines]} | more)

    def sold(self, *lines: dict[str, Any], by: dict[str, int], credit: int = 0, deposit: int = 0, **more: Any) -> Any:
        """A sale to Zahra that is paid at once: `by` method, with her credit and her deposits."""
        written = self.drafted(*lines, **more)
        settled = self.paid(written["id"], by=by, credit=credit, deposit=deposit)
        return {**settled, "lines": written["lines"]}

    def paid(self, invoice_id: int, *, by: dict[str, int], credit: int = 0, deposit: int = 0) -> Any:
        """An invoice is paid."""
        payments = [{"method": method, "amount": amount} for method, amount in by.items()]
        body = {"payments": payments, "credit": credit, "deposit": deposit}
        return self.call("POST", f"/invoices/{invoice_id}/settlement", body)

    def cut(self, **more: Any) -> dict[str, Any]:
        """A cut by Sara, 450,000 rials."""
        return {"service_id": self.salon.cut, "staff_id": self.salon.sara} | more

    def color(self, **more: Any) -> dict[str, Any]:
        """Colour by Sara, 2,800,000 rials."""
        return {"service_id": self.salon.color, "staff_id": self.salon.sara} | more

    def brushing(self, **more: Any) -> dict[str, Any]:
        """Brushing by Negar, 380,000 rials."""
        return {"service_id": self.salon.brushing, "staff_id": self.salon.negar} | more

    def box(self, kind: str = "cash") -> int:
        """The main box of a kind."""
        return int(next(box["id"] for box in self.call("GET", "/cashboxes")["items"] if box["kind"] == kind))

    def payment(self, method: str) -> int:
        """The one payment by a method."""
        db.session.rollback()
        return db.session.scalars(select(Payment.id).where(Payment.method == method)).one()

    def books(self, unit: str = "IRR") -> dict[str, int]:
        """Every kind of account that is not at nothing, from the trial balance, which sums to nothing."""
        sums: dict[str, int] = {}
        for account in self.call("GET", "/accounts", who="owner")["items"]:
            if account["unit"] == unit:
                sums[account["kind"]] = sums.get(account["kind"], 0) + account["balance"]
        assert sum(sums.values()) == 0
        return {kind: balance for kind, balance in sums.items() if balance}

    def credit(self) -> tuple[int, int]:
        """Zahra's points and rials of credit, whether she can use them yet or not."""
        wallet = self.call("GET", f"/customers/{self.salon.zahra}/wallet")
        return tuple(wallet[unit]["balance"] + wallet[unit]["pending"] for unit in ("points", "credit"))


@pytest.fixture
def story(app: Flask, salon: SmallSalon, log_in: LogIn, now: datetime) -> Iterator[Story]:
    """A story; whatever is told in it, `salon ledger verify` has nothing to say at its end."""
    with time_machine.travel(now, tick=False) as clock:
        yield Story(app, salon, log_in, clock)
        db.session.rollback()
        said = app.test_cli_runner().invoke(command, ["ledger", "verify"])
        assert said.exit_code == 0, said.output
