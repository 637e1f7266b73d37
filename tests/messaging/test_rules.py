"""Parts of a text, waiting times, states, and what the provider's codes mean."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.messaging.errors import GatewayStopped, Retryable, RowRefused
from salon.messaging.models import MessageState
from salon.messaging.rules import (
    BATCH,
    LEASE,
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    PAUSE,
    STATE_LABELS,
    STATE_TONES,
    backoff,
    is_lost,
    may_become,
    meaning_of,
    segments,
    states_before,
)


@pytest.mark.parametrize(
    ("letters", "parts"), [(0, 0), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)]
)
def test_a_persian_text_takes_seventy_letters_then_sixty_seven_a_part(letters: int, parts: int) -> None:
    assert segments("س" * letters) == parts
    assert type(segments("س" * letters)) is int


@pytest.mark.parametrize(("letters", "parts"), [(1, 1), (160, 1), (161, 2), (306, 2), (307, 3)])
def test_a_latin_text_takes_a_hundred_and_sixty_letters_then_a_hundred_and_fifty_three(
    letters: int, parts: int
) -> None:
    assert segments("a" * letters) == parts


@pytest.mark.parametrize("letter", list("^{}\\[~]|€"))
def test_letters_of_the_extension_table_count_twice(letter: str) -> None:
    assert segments(letter * 80) == 1
    assert segments(letter * 80 + "a") == 2


@pytest.mark.parametrize("letter", ["ی", "۴", "\u200c", "—", "`"])
def test_one_letter_outside_the_latin_alphabet_makes_the_whole_text_long(letter: str) -> None:
    assert segments("a" * 70 + letter) == 2


def test_an_emoji_counts_as_two() -> None:
    assert segments("س" * 68 + "🌸") == 1
    assert segments("س" * 69 + "🌸") == 2


@given(st.text(min_size=1), st.text())
def test_a_longer_text_never_takes_fewer_parts(text: str, more: str) -> None:
    assert segments(text + more) >= segments(text) >= 1


def test_the_wait_doubles_up_to_an_hour() -> None:
    assert [backoff(attempt) // timedelta(minutes=1) for attempt in (1, 2, 3, 6, 7, 48, 5000)] == [
        1,
        2,
        4,
        32,
        60,
        60,
        60,
    ]


@pytest.mark.parametrize("status", [402, 409, 429, 451, 500, 502, 503, 999])
def test_a_busy_provider_is_tried_again(status: int) -> None:
    assert meaning_of(status) is Retryable


@pytest.mark.parametrize("status", [401, 403, 407, 412, 416, 418, 420, 426, 427, 501])
def test_what_concerns_the_account_stops_the_gateway(status: int) -> None:
    assert meaning_of(status) is GatewayStopped


@pytest.mark.parametrize("status", [400, 406, 411, 413, 414, 417, 419, 422, 424, 428, 431, 432, 607])
def test_what_concerns_one_message_refuses_only_that(status: int) -> None:
    assert meaning_of(status) is RowRefused


def test_a_blocked_receiver_is_lost_and_a_queued_message_is_not() -> None:
    assert all(is_lost(status) for status in (6, 11, 13, 14))
    assert not any(is_lost(status) for status in (1, 2, 4, 5, 10, 100))


@given(st.lists(st.sampled_from(MessageState), min_size=1))
def test_a_final_state_never_goes_back(wanted: list[MessageState]) -> None:
    state = MessageState.QUEUED
    path = [state]
    for following in wanted:
        if may_become(state, following):
            state = following
            path.append(state)
    finals = [at for at, state in enumerate(path) if state in {MessageState.DELIVERED, MessageState.FAILED}]
    assert finals in ([], [len(path) - 1])
    if MessageState.SENT in path:
        assert not set(path[path.index(MessageState.SENT) :]) & {MessageState.QUEUED, MessageState.SENDING}


Q, G, R, S, D, F, C = (
    MessageState.QUEUED,
    MessageState.SENDING,
    MessageState.RETRY,
    MessageState.SENT,
    MessageState.DELIVERED,
    MessageState.FAILED,
    MessageState.CANCELLED,
)


@pytest.mark.parametrize(
    ("state", "following"),
    [(Q, {G, C, F}), (R, {G, C, F}), (G, {G, Q, R, S, F, C}), (S, {D, F}), (C, {S, Q}), (D, set()), (F, set())],
)
def test_a_message_takes_only_the_ways_that_make_sense(state: MessageState, following: set[MessageState]) -> None:
    assert {other for other in MessageState if may_become(state, other)} == following


def test_where_a_message_may_come_from_is_where_it_may_go_from() -> None:
    assert set(states_before(MessageState.SENT)) == {MessageState.SENDING, MessageState.CANCELLED}
    assert states_before(MessageState.DELIVERED) == (MessageState.SENT,)


def test_every_letter_of_the_latin_alphabet_of_telephones_takes_one_place() -> None:
    letters = "".join(map(chr, (*range(0x20, 0x5B), *range(0x61, 0x7B)))).replace("`", "")
    for letter in letters + "@£¥èéùìòÇ\nØø\rÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà_$":
        assert (segments(letter * 160), segments(letter * 161)) == (1, 2), letter
    assert segments("\f" * 80) == 1
    assert segments("\f" * 81) == 2


def test_a_text_without_letters_and_one_of_a_single_letter_are_not_the_same() -> None:
    assert (segments(""), segments("a"), segments("ی")) == (0, 1, 1)


def test_waiting_and_giving_up_have_their_measure() -> None:
    minute = timedelta(minutes=1)
    assert (LEASE / minute, PAUSE / minute, LONGEST_WAIT / minute) == (5, 10, 60)
    assert (BATCH, MAX_ATTEMPTS) == (10, 48)


@pytest.mark.parametrize("status", [404, 405])
def test_a_wrong_address_of_the_provider_stops_the_gateway(status: int) -> None:
    assert meaning_of(status) is GatewayStopped


def test_whoever_reads_the_messages_sees_at_once_what_waits_what_went_well_and_what_did_not() -> None:
    assert {state: STATE_TONES.get(state) for state in MessageState} == {
        **dict.fromkeys((Q, G, R), "warn"),
        **dict.fromkeys((S, D), "good"),
        F: "bad",
        C: None,
    }


def test_each_state_has_words_of_its_own() -> None:
    assert len({str(STATE_LABELS[state]) for state in MessageState}) == len(MessageState)
    assert str(STATE_LABELS[MessageState.DELIVERED]) == "رسید"
