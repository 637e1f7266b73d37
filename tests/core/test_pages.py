"""What is read from an address."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from salon.core import clock
from salon.core.db import BIGGEST_KEY
from salon.core.pages import row_key


def test_a_key_is_a_number_that_a_database_can_hold() -> None:
    assert (row_key("12"), row_key(" 7 "), row_key(str(BIGGEST_KEY))) == (12, 7, BIGGEST_KEY)
    assert [row_key(typed) for typed in ("", "0", "-1", "x", "۱۲", str(BIGGEST_KEY + 1), "9" * 40)] == [None] * 7


@pytest.mark.parametrize("path", ["/desk", "/reports/services-by-staff", "/customers/1", "/invoices"])
def test_a_page_reads_the_clock_once(
    log_in: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    owner, real, asked = log_in("owner"), clock.now, list[datetime]()
    monkeypatch.setattr(clock, "now", lambda: asked.append(real()) or asked[-1])
    assert owner.get(path).status_code == 200
    assert len(asked) == 1
    owner.get(path)
    assert len(asked) == 2, "the next page has a moment of its own"
