"""Running numbers and codes: one after the other, never twice."""

from collections.abc import Collection
from threading import Barrier, Thread

import pytest
from flask import Flask

from salon.core.db import transaction
from salon.core.errors import DomainError, Invalid
from salon.setup.numbers.services import CodeSeries, give_code, next_number, skip_numbers
from tests.factories import SmallSalon


def test_numbers_follow_each_other_in_each_series(salon: SmallSalon) -> None:
    with transaction():
        first = [next_number(kind="invoice", branch_id=salon.branch_id, year=1405) for _ in range(3)]
        other = next_number(kind="invoice", branch_id=salon.branch_id, year=1406)
    assert (first, other) == ([1, 2, 3], 1)


def test_a_number_that_was_not_used_is_given_again(salon: SmallSalon) -> None:
    with pytest.raises(KeyError), transaction():
        next_number(kind="invoice", branch_id=salon.branch_id, year=1405)
        raise KeyError
    with transaction():
        assert next_number(kind="invoice", branch_id=salon.branch_id, year=1405) == 1


def test_tills_that_ask_at_once_get_numbers_without_gaps_or_repeats(app: Flask, salon: SmallSalon) -> None:
    given: list[int] = []
    together = Barrier(4)

    def till() -> None:
        with app.app_context():
            together.wait()
            for _ in range(10):
                with transaction():
                    given.append(next_number(kind="invoice", branch_id=salon.branch_id, year=1405))

    tills = [Thread(target=till) for _ in range(4)]
    for each in tills:
        each.start()
    for each in tills:
        each.join()
    assert sorted(given) == list(range(1, 41))


def test_numbers_go_on_after_those_given_by_hand(salon: SmallSalon) -> None:
    with transaction():
        next_number(kind="x", branch_id=salon.branch_id, year=0)
        skip_numbers(kind="x", branch_id=salon.branch_id, year=0, up_to=70)
        skip_numbers(kind="x", branch_id=salon.branch_id, year=0, up_to=7)
        assert next_number(kind="x", branch_id=salon.branch_id, year=0) == 71


def of_things(*used: str) -> CodeSeries:
    """Codes of a kind of which some are in use."""

    def in_use(_branch_id: int, codes: Collection[str]) -> set[str]:
        return set(used) & set(codes)

    return CodeSeries("thing", DomainError("thing_exists", "این کد گرفته شده است.", "code"), in_use, first=7, longest=4)


def given(series: CodeSeries, typed: str | None, salon: SmallSalon) -> str:
    """The code that something new gets."""
    with transaction():
        return give_code(series, branch_id=salon.branch_id, typed=typed)


def test_codes_are_numbers_from_the_first_on(salon: SmallSalon) -> None:
    assert [given(of_things(), typed, salon) for typed in (None, "", " ")] == ["7", "8", "9"]


def test_a_code_that_is_typed_is_kept_whole_and_in_one_spelling(salon: SmallSalon) -> None:
    assert given(of_things(), " ۱۲ي ", salon) == "12ی"
    assert given(of_things(), "abcd", salon) == "abcd"
    with pytest.raises(Invalid) as refusal:
        given(of_things(), "abcde", salon)
    assert (refusal.value.code, refusal.value.field) == ("text_long", "code")


def test_a_code_in_use_is_refused_when_typed_and_skipped_when_given(salon: SmallSalon) -> None:
    series = of_things("7", "8", "10")
    with pytest.raises(DomainError) as refusal:
        given(series, "۱۰", salon)
    assert (refusal.value.code, refusal.value.field) == ("thing_exists", "code")
    assert [given(series, None, salon) for _ in range(3)] == ["9", "11", "12"]


def test_long_runs_of_codes_in_use_are_skipped(salon: SmallSalon) -> None:
    series = of_things(*(str(number) for number in range(7, 1_600)))
    assert [given(series, None, salon) for _ in range(2)] == ["1600", "1601"]
