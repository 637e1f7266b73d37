"""Calls made up from the API's own description are answered as it says."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salon.access.models import Role, User
from salon.access.services import create_token
from salon.core import clock
from salon.core.db import db, transaction
from tests.factories import SmallSalon

# A value of the right shape may still be refused by the salon, as a card that can't be read or a birthday to come:
# `what_is_described_is_not_invalid` tells such a refusal from that of a shape.
CONFIG = """
hooks = "tests.api.problems"
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 422]
"""


@pytest.fixture
def headers_of(salon: SmallSalon) -> Callable[[str], list[str]]:
    """Arguments that say who asks: the owner, somebody who may nothing, or nobody."""

    def say(who: str) -> list[str]:
        if who == "nobody":
            return []
        user = db.session.get_one(User, salon.owner_id)
        with transaction():
            user.role = Role.OWNER if who == "owner" else "nothing"
            db.session.add(user)
            token = create_token(user=user, now=clock.now())
        return ["--header", f"Authorization: Bearer {token}"]

    return say


@pytest.mark.parametrize(("who", "examples"), [("owner", 20), ("somebody who may nothing", 2), ("nobody", 2)])
def test_made_up_calls_are_answered_as_described(
    address: str, headers_of: Callable[[str], list[str]], tmp_path: Path, who: str, examples: int
) -> None:
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG, encoding="utf-8")
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", config, "run", f"{address}/openapi.json"),
            *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", str(examples)),
            *("--seed", "1405", "--generation-deterministic", "--continue-on-failure", "--no-color"),
            *headers_of(who),
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    Path(f"/tmp/st-{who[:8]}.txt").write_text(run.stdout + run.stderr)
    assert run.returncode == 0, run.stdout + run.stderr
