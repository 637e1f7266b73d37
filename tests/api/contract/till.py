"""A till that speaks to the API, and what it needs to say something that is good."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from salon.core import clock
from salon.core.jalali import SALON_ZONE
from tests.factories import SmallSalon

CARD = ";636294169881005271827?"
ANOTHER_CARD = "%B7083560000013710910^MICHAELS OPEN VALUE CARD  ^8551?"
BANK_CARD = ";6037991234567893=99121010000000000000?"


@dataclass(frozen=True)
class Asked:
    """A request, without whose it is."""

    method: str
    path: str
    body: Any = None
    headers: dict[str, str] | None = None


class Till:
    """Sends requests with the token of whoever stands at it, and knows the small salon."""

    def __init__(self, client: FlaskClient, salon: SmallSalon) -> None:
        self.client, self.salon, self.token = client, salon, salon.token

    def send(self, asked: Asked, **more: Any) -> TestResponse:
        """The answer to a request."""
        g.pop("_login_user", None)  # a server begins each request without it; tests share one context
        headers = ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | (asked.headers or {})
        sent = more or ({} if asked.body is None else {"json": asked.body})
        return self.client.open(f"/api/v1{asked.path}", method=asked.method, headers=headers, **sent)

    def got(self, asked: Asked) -> Any:
        """What a good answer holds."""
        answer = self.send(asked)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json

    def customer(self, **more: Any) -> Asked:
        """A customer is let in."""
        return Asked("POST", "/customers", {"first_name": "مینا", "last_name": "شریفی"} | more)

    def changed(self, **more: Any) -> Asked:
        """Zahra is described anew."""
        return Asked("PATCH", f"/customers/{self.salon.zahra}", more)

    def tomorrow(self) -> date:
        """A day on which everybody is free."""
        return (clock.now().astimezone(SALON_ZONE) + timedelta(days=1)).date()

    def availability(self, **more: Any) -> Asked:
        """The free times of tomorrow."""
        asked = {"date": self.tomorrow(), "service_id": self.salon.cut, "staff_id": self.salon.sara} | more
        return Asked("GET", "/availability?" + "&".join(f"{name}={value}" for name, value in asked.items()))

    def booking(self, hour: int = 10, **more: Any) -> Asked:
        """A haircut tomorrow, by Sara."""
        starts_at = datetime.combine(self.tomorrow(), time(hour), SALON_ZONE).isoformat()
        items = [{"service_id": self.salon.cut, "staff_id": self.salon.sara}]
        body = {"customer_id": self.salon.zahra, "starts_at": starts_at, "items": items}
        return Asked("POST", "/appointments", body | more)

    def line(self, **more: Any) -> dict[str, Any]:
        """A haircut by Negar, 450,000 rials."""
        return {"service_id": self.salon.cut, "staff_id": self.salon.negar} | more

    def session(self, series_line_id: int) -> dict[str, Any]:
        """One of the sessions of a series, by Negar."""
        return {"series_line_id": series_line_id, "staff_id": self.salon.negar}

    def draft(self, *lines: dict[str, Any], **more: Any) -> Asked:
        """An invoice of these lines, or of a haircut."""
        body = {"customer_id": self.salon.zahra, "lines": [*(lines or (self.line(),))]}
        return Asked("POST", "/invoices", body | more)

    def drafted(self, *lines: dict[str, Any]) -> int:
        """The id of a new draft."""
        return int(self.got(self.draft(*lines))["id"])

    def settlement(self, invoice_id: int, cash: int = 0, key: str | None = None, **more: Any) -> Asked:
        """An invoice is paid in cash, as far as it goes."""
        payments = [{"method": "cash", "amount": cash}] if cash else []
        headers = {"Idempotency-Key": key} if key else None
        return Asked("POST", f"/invoices/{invoice_id}/settlement", {"payments": payments} | more, headers)

    def box(self, kind: str = "cash") -> int:
        """The main box of a kind."""
        return int(next(box["id"] for box in self.got(Asked("GET", "/cashboxes"))["items"] if box["kind"] == kind))

    def shift(self, counted: int = 0, key: str = "", **more: Any) -> Asked:
        """The till is opened with counted money."""
        body = {"cashbox_id": more.pop("cashbox_id", None) or self.box(), "counted": counted}
        return Asked("POST", "/shifts", body | more, {"Idempotency-Key": key} if key else None)

    def closing(self, shift_id: int, counted: int = 0, key: str = "", **more: Any) -> Asked:
        """The till is closed with counted money."""
        headers = {"Idempotency-Key": key} if key else None
        return Asked("POST", f"/shifts/{shift_id}/close", {"counted": counted} | more, headers)

    def receipt(self, amount: int, key: str = "", **more: Any) -> Asked:
        """Zahra pays of her old debt, in cash."""
        body = {"customer_id": self.salon.zahra, "amount": amount, "method": "cash"}
        return Asked("POST", "/receipts", body | more, {"Idempotency-Key": key} if key else None)

    def deposit(self, amount: int = 200_000, key: str | None = None, **more: Any) -> Asked:
        """A deposit is taken in cash."""
        body = {"customer_id": self.salon.zahra, "amount": amount, "method": "cash"}
        return Asked("POST", "/deposits", body | more, {"Idempotency-Key": key} if key else None)

    def given_back(self, deposit_id: int, amount: int = 200_000, key: str | None = None, **more: Any) -> Asked:
        """A deposit goes back in cash."""
        headers = {"Idempotency-Key": key} if key else None
        return Asked("POST", f"/deposits/{deposit_id}/returns", {"amount": amount, "method": "cash"} | more, headers)

    def category(self, direction: str) -> int:
        """What money comes in or goes out for, first of all."""
        found = self.got(Asked("GET", "/cash-categories"))["items"]
        return int(next(of["id"] for of in found if of["direction"] == direction))

    def voucher(self, amount: int = 500_000, key: str = "", **more: Any) -> Asked:
        """Money of no invoice comes into the till."""
        body = {"kind": "receipt", "cashbox_id": more.pop("cashbox_id", None) or self.box(), "amount": amount}
        body["category_id"] = more.pop("category_id", None) or self.category("in")
        return Asked("POST", "/vouchers", body | more, {"Idempotency-Key": key} if key else None)

    def transfer(self, amount: int = 200_000, key: str = "", **more: Any) -> Asked:
        """Money goes from the till to the bank."""
        body = {"cashbox_id": self.box(), "to_cashbox_id": self.box("bank"), "amount": amount}
        return Asked("POST", "/transfers", body | more, {"Idempotency-Key": key} if key else None)

    def reversal(self, voucher_id: int, key: str = "", **more: Any) -> Asked:
        """A voucher is taken back."""
        return Asked("POST", f"/vouchers/{voucher_id}/reversals", more, {"Idempotency-Key": key} if key else None)

    def paid_by(self, method: str, amount: int = 450_000, **details: Any) -> Asked:
        """A new invoice is paid by a method."""
        return self.settlement(self.drafted(), payments=[{"method": method, "amount": amount} | details])

    def sold(self, *lines: dict[str, Any]) -> int:
        """The id of an invoice of these lines, or of a haircut, that was paid in cash."""
        drafted = self.got(self.draft(*lines))
        self.got(self.settlement(drafted["id"], drafted["total"]))
        return int(drafted["id"])

    def back(self, invoice_id: int, refund: str = "original", key: str | None = None, **more: Any) -> Asked:
        """All that is left of an invoice goes back."""
        headers = {"Idempotency-Key": key} if key else None
        return Asked("POST", f"/invoices/{invoice_id}/returns", {"refund": refund} | more, headers)

    def issue(self, customer_id: int, raw: str = CARD) -> Asked:
        """A card is issued."""
        return Asked("POST", f"/customers/{customer_id}/cards", {"raw": raw})

    def swipe(self, raw: str = CARD, **more: Any) -> Asked:
        """A card is swiped."""
        return Asked("POST", "/swipes", {"raw": raw} | more)
