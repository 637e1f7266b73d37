"""Calls made up from the API's own description are answered as it says."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request

from salon.access.models import User
from salon.access.services import create_token
from salon.cashbox.models import VoucherKind
from salon.cashbox.vouchers.rules import VoucherSpec
from salon.cashbox.vouchers.services import record_voucher
from salon.core import clock
from salon.core.db import db, transaction
from salon.payroll.adjustments.services import adjust_pay
from salon.payroll.statements.services import approve_statement
from tests.factories import SmallSalon

from .contract.table import CALLS

# A value of the right shape may still be refused by the salon, as a card that can't be read or a birthday to come:
# `what_is_described_is_not_invalid` tells such a refusal from that of a shape.
CONFIG = """
hooks = "tests.api.problems"
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 422]
[phases.examples]
fill-missing = true
[phases.coverage]
generate-duplicate-query-parameters = true
"""
# A customer's request is decided once: of these the first comes through, and the contract asks each of a request of its own.
DECIDED_ONCE = {
    "POST /requests/{request_id}/refuse",
    "POST /requests/{request_id}/propose",
    "DELETE /requests/{request_id}",
}
OPEN = {call.path for call in CALLS if call.permission is None} | {"/openapi.json"}


@pytest.fixture
def answered(app: Flask) -> Counter[tuple[str, str, int]]:
    """How often each call was answered with each status."""
    seen: Counter[tuple[str, str, int]] = Counter()

    @app.after_request
    def count(answer: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "nowhere"
        path = rule.removeprefix("/api/v1").replace("<key:", "{").replace(">", "}")
        seen[request.method, path, answer.status_code] += 1
        return answer

    return seen


@pytest.fixture
def make_up(answered: Counter[tuple[str, str, int]], address: str, tmp_path: Path) -> Callable[..., None]:
    """Make calls up, so many of each kind: of all phases, held against all checks, no call left out."""
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG, encoding="utf-8")

    def run(examples: int, token: str | None) -> None:
        who = ["--header", f"Authorization: Bearer {token}"] if token else []
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file", config, "run", f"{address}/openapi.json"),
                *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", *who),
                *("--max-examples", str(examples), "--seed", "1405", "--generation-deterministic"),
                *("--continue-on-failure", "--no-color"),
            ],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr

    return run


def token_of(user_id: int, role: str | None = None) -> str:
    """A new token of somebody, in another role if one is named."""
    with transaction():
        user = db.session.get_one(User, user_id)
        user.role = role or user.role
        return create_token(user=user, actor=None, now=clock.now())


@pytest.fixture
def money_to_pay_out(salon: SmallSalon) -> None:
    """Lies in the till, and part of it is owed to Sara by a statement of days before those of the examples."""
    earned_at = datetime(2026, 10, 1, 8, tzinfo=UTC)
    of_desk: dict[str, Any] = {"branch_id": salon.branch_id, "actor": db.session.get_one(User, salon.owner_id)}
    bonus = {"kind": "bonus", "amount": 100_000_000, "reason": "نوروز"}
    change = VoucherSpec(VoucherKind.RECEIPT, cashbox_id=1, amount=500_000_000, category_id=1)
    month = {"starts_on": date(2026, 9, 23), "ends_before": date(2026, 10, 23)}
    with transaction():
        record_voucher(**of_desk, spec=change, key="change", now=clock.now())
        adjust_pay(**of_desk, staff_id=salon.sara, **bonus, key="bonus", now=earned_at)
        approve_statement(**of_desk, staff_id=salon.sara, **month, key="approved", now=clock.now())


@pytest.mark.usefixtures("money_to_pay_out")
def test_what_the_owner_sends_is_answered_as_described_and_every_call_succeeds_too(
    make_up: Callable[..., None], answered: Counter[tuple[str, str, int]], salon: SmallSalon
) -> None:
    make_up(20, token_of(salon.owner_id))
    unanswered = {str(call) for call in CALLS if not answered[call.method, call.path, call.status]}
    assert unanswered - DECIDED_ONCE == set()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # who may is asked before the database is
@pytest.mark.parametrize("who", ["somebody who may nothing", "nobody"])
def test_who_may_nothing_gets_nothing_whatever_is_sent(
    make_up: Callable[..., None], answered: Counter[tuple[str, str, int]], salon: SmallSalon, who: str
) -> None:
    make_up(2, None if who == "nobody" else token_of(salon.owner_id, role="nothing"))
    got = {(path, method) for method, path, status in answered if status < 400}
    assert {path for path, method in got if method != "OPTIONS"} <= OPEN
