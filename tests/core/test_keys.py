"""Keys of requests that move value."""

import pytest

from salon.core.keys import fingerprint_of, fresh_key


def test_each_form_has_a_key_of_its_own() -> None:
    assert len({fresh_key() for _form in range(100)}) == 100


@pytest.mark.parametrize("other", [[1, "نقد", 101], [1, "کارت", 100], ["1", "نقد", 100], [1, 100, "نقد"], [1, "نقد"]])
def test_what_asks_something_else_looks_otherwise(other: list[object]) -> None:
    assert fingerprint_of(other) != fingerprint_of([1, "نقد", 100])


def test_requests_of_released_versions_are_known_again() -> None:
    known = "b897e9f11251706c21a1334daf8ed9be78ce930c8ba846e9f826a94ac24e6f68"
    assert fingerprint_of([7, [["cash", 450_000]], 0]) == known


def test_the_order_in_which_facts_are_named_says_nothing() -> None:
    assert fingerprint_of({"amount": 1, "note": ""}) == fingerprint_of({"note": "", "amount": 1})
