"""The visit through the API, on both engines."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from salon.core import clock
from salon.core.jalali import SALON_ZONE
from tests.factories import SmallSalon


@pytest.fixture
def visit(client: FlaskClient, salon: SmallSalon, bearer: dict[str, str]) -> "Visit":
    """Calls of the API by the receptionist."""
    return Visit(client, salon, bearer)


class Visit:
    """Short calls of the API."""

    def __init__(self, client: FlaskClient, salon: SmallSalon, headers: dict[str, str]) -> None:
        self.client, self.salon, self.headers = client, salon, headers

    def get(self, path: str) -> Any:
        """GET, and the JSON of a good answer."""
        answer = self.client.get(f"/api/v1{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, body: Any, status: int = 201, key: str | None = None) -> Any:
        """POST, and the JSON of the answer, which must have this status."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        answer = self.client.post(f"/api/v1{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        if status >= 400:
            assert answer.content_type.startswith("application/problem+json")
            assert {"code", "detail", "status", "title", "type"} <= answer.json.keys()
        return answer.json

    def invoice(self, *services: int, **more: Any) -> dict[str, Any]:
        """A draft of these services by Negar."""
        lines = [{"service_id": service, "staff_id": self.salon.negar} for service in services]
        drafted: dict[str, Any] = self.post("/invoices", {"customer_id": self.salon.zahra, "lines": lines} | more)
        return drafted

    def settle(self, invoice: int, status: int = 200, key: str | None = None, **body: Any) -> Any:
        """Settle, in cash unless told otherwise."""
        return self.post(f"/invoices/{invoice}/settlement", {"payments": []} | body, status, key)


def cash(amount: int) -> list[dict[str, Any]]:
    """Paid in cash."""
    return [{"method": "cash", "amount": amount}]


def test_health_needs_no_token_and_names_the_database(client: FlaskClient, engine: str) -> None:
    assert client.get("/api/v1/health").json == {"status": "ok", "database": engine}


def test_a_known_mobile_is_refused_however_typed_unless_shared(visit: Visit) -> None:
    mother = visit.post("/customers", {"first_name": "مینا", "last_name": "شریفی", "mobile": "۰۹۱۲ ۱۱۱ ۲۲۳۳"})
    assert mother["mobile"] == "09121112233"
    again = {"first_name": "نازنین", "last_name": "شریفی", "mobile": "+98 912 111 2233"}
    refusal = visit.post("/customers", again, 409)
    assert refusal["code"] == "customer_exists"
    assert "مینا شریفی" in refusal["detail"]
    daughter = visit.post("/customers", again | {"shared_mobile": True})
    assert daughter["code"] != mother["code"]
    assert {c["id"] for c in visit.get("/customers?search=شريفي")["items"]} == {mother["id"], daughter["id"]}


def test_a_free_time_is_booked_once(visit: Visit) -> None:
    day = (clock.now().astimezone(SALON_ZONE) + timedelta(days=1)).date()
    salon = visit.salon
    slots = visit.get(f"/availability?date={day}&service_id={salon.cut}&staff_id={salon.sara}")["slots"]
    assert slots
    assert {slot["staff_id"] for slot in slots} == {salon.sara}
    booking = {
        "customer_id": salon.zahra,
        "starts_at": slots[0]["starts_at"],
        "items": [
            {"service_id": salon.cut, "staff_id": salon.sara},
            {"service_id": salon.brushing, "staff_id": salon.sara},
        ],
    }
    booked = visit.post("/appointments", booking)
    assert (booked["status"], booked["warnings"]) == ("booked", [])
    assert [item["starts_at"] for item in booked["items"]] == [slots[0]["starts_at"], booked["items"][0]["ends_at"]]
    assert visit.post("/appointments", booking, 409)["code"] == "slot_taken"
    by_negar = [{"service_id": salon.cut, "staff_id": salon.negar}]
    (warned,) = visit.post("/appointments", booking | {"items": by_negar})["warnings"]
    assert warned["code"] == "same_time"
    left = visit.get(f"/availability?date={day}&service_id={salon.cut}&staff_id={salon.sara}")["slots"]
    assert slots[0] not in left


def test_the_whole_visit_ends_in_points_credit_and_a_message(visit: Visit) -> None:
    salon = visit.salon
    draft = visit.invoice(salon.cut, salon.brushing)
    assert (draft["number"], draft["status"], draft["total"]) == (None, "draft", 830_000)
    outcome = visit.settle(draft["id"], payments=[*cash(400_000), {"method": "card", "amount": 430_000}])
    assert (outcome["status"], outcome["paid"], outcome["due"]) == ("settled", 830_000, 0)
    assert outcome["earned"] == {"points": 32, "credit": 41_500}
    wallet = visit.get(f"/customers/{salon.zahra}/wallet")
    assert wallet["points"] == {"balance": 32, "pending": 0}
    assert wallet["credit"] == {"balance": 0, "pending": 41_500}
    assert {lot["unit"] for lot in wallet["lots"]} == {"PTS", "IRR"}
    [message] = visit.get(f"/messages?customer_id={salon.zahra}")["items"]
    assert message["state"] == "queued"
    assert "زهرا" in message["text"]


def test_nothing_paid_leaves_all_of_it_as_debt_and_a_later_payment_settles_and_earns(visit: Visit) -> None:
    draft = visit.invoice(visit.salon.cut)
    opened = visit.settle(draft["id"])
    assert (opened["status"], opened["due"], opened["earned"]) == ("open", 450_000, {"points": 0, "credit": 0})
    part = visit.settle(draft["id"], payments=cash(50_000))
    assert (part["status"], part["paid"], part["due"]) == ("open", 50_000, 400_000)
    settled = visit.settle(draft["id"], payments=[{"method": "transfer", "amount": 400_000}])
    assert (settled["status"], settled["paid"], settled["due"]) == ("settled", 450_000, 0)
    assert settled["earned"] == {"points": 18, "credit": 22_500}


def test_more_than_is_due_is_overpaid_and_changes_nothing(visit: Visit) -> None:
    draft = visit.invoice(visit.salon.cut)
    assert visit.settle(draft["id"], 422, payments=cash(450_001))["code"] == "overpaid"
    assert visit.settle(draft["id"], payments=cash(450_000))["number"] == 1


def test_more_credit_than_can_be_used_is_refused(visit: Visit) -> None:
    draft = visit.invoice(visit.salon.cut)
    assert visit.settle(draft["id"], 422, credit=1)["code"] == "credit_exceeds_limit"


def test_more_debt_than_allowed_is_refused(visit: Visit) -> None:
    line = {"service_id": visit.salon.color, "staff_id": visit.salon.sara, "quantity": 18}
    draft = visit.post("/invoices", {"customer_id": visit.salon.zahra, "lines": [line]})
    assert visit.settle(draft["id"], 409)["code"] == "debt_limit"


def test_a_retry_gives_the_same_answer_and_the_key_serves_no_other_body(visit: Visit) -> None:
    draft = visit.invoice(visit.salon.cut)
    first = visit.settle(draft["id"], payments=cash(450_000), key="till-1")
    assert visit.settle(draft["id"], payments=cash(450_000), key="till-1") == first
    assert visit.settle(draft["id"], 422, payments=cash(1), key="till-1")["code"] == "key_reused"
    assert visit.settle(draft["id"], 409, payments=cash(450_000), key="till-2")["code"] == "already_settled"
    assert visit.get(f"/customers/{visit.salon.zahra}/wallet")["points"]["balance"] == 18


def test_a_card_is_issued_and_swiped(visit: Visit) -> None:
    zahra = visit.salon.zahra
    assert visit.post("/swipes", {"raw": "%B7083560000013710910^MICHAELS OPEN VALUE CARD  ^8551?"}, 404)["code"] == (
        "card_unknown"
    )
    raw = ";636294169881005271827?"
    assert visit.post(f"/customers/{zahra}/cards", {"raw": raw})["last_four"] == "1827"
    swiped = visit.post("/swipes", {"raw": raw, "station": "پذیرش ۱"}, 200)
    assert swiped["customer"]["id"] == zahra
    assert swiped["wallet"]["points"] == {"balance": 0, "pending": 0}
    assert swiped["appointments_today"] == []
    assert visit.post("/swipes", {"raw": "%E?;E?\r"}, 422)["code"] == "card_unreadable"
