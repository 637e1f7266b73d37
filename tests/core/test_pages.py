"""What is read from an address."""

from salon.core.db import BIGGEST_KEY
from salon.core.pages import row_key


def test_a_key_is_a_number_that_a_database_can_hold() -> None:
    assert (row_key("12"), row_key(" 7 "), row_key(str(BIGGEST_KEY))) == (12, 7, BIGGEST_KEY)
    assert [row_key(typed) for typed in ("", "0", "-1", "x", "۱۲", str(BIGGEST_KEY + 1), "9" * 40)] == [None] * 7
