"""What magnetic stripe readers send."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.magnetic.tracks import (
    Swipe,
    Unreadable,
    UnreadableSwipe,
    is_bank_card,
    lrc_track1,
    lrc_track2,
    parse_swipe,
)
from tests.shared_data import shared_data

NUMBER = "5000000000000611"
TRACK1 = f"%B{NUMBER}^KARIMI/MARYAM^28092010000012345?"
TRACK2 = f";{NUMBER}=28092010000067890?"
TRACK3 = "+6202400000000005=1504?"


@pytest.fixture(scope="module")
def swipes() -> Any:
    return json.loads(shared_data("cards", "magstripe.json").read_text(encoding="utf-8"))


def reason(raw: str) -> Unreadable:
    with pytest.raises(UnreadableSwipe) as refusal:
        parse_swipe(raw)
    return refusal.value.reason


def test_a_card_with_both_tracks_is_read_whole() -> None:
    assert parse_swipe(TRACK1 + TRACK2) == Swipe(
        number=NUMBER,
        name="KARIMI/MARYAM",
        expires="2028-09",
        service_code="201",
        discretionary1="0000012345",
        discretionary2="0000067890",
        track1=TRACK1[1:-1],
        track2=TRACK2[1:-1],
        track3=None,
    )


@pytest.mark.parametrize(
    "raw",
    [
        TRACK1,
        TRACK2,
        TRACK1 + TRACK2 + TRACK3,
        TRACK1 + TRACK2 + TRACK3.replace("+", ";"),
        TRACK2 + "\r",
        TRACK1 + "\r\n" + TRACK2 + "\r\n",
        TRACK1.lower() + TRACK2,
        "%?" + TRACK2,
        TRACK1 + ";?",
        TRACK2[1:-1],
        TRACK1[1:-1],
        TRACK1[1:-1] + "\r" + TRACK2[1:-1] + "\r",
        f"\x02\x1b{TRACK1}{TRACK2}0\r\x03",
        f"\x02\x1b {TRACK1}{TRACK2} 0 \r\x03",
        f"\x02\x1b{TRACK2}\x00\r\x03\r\n",
        f"\x02{TRACK2[1:-1]}\r\x03",
        TRACK1.replace("5000000000000611", "5000 000000 000611"),
    ],
)
def test_the_same_card_is_read_from_every_kind_of_reader(raw: str) -> None:
    swipe = parse_swipe(raw)
    assert (swipe.number, swipe.expires, swipe.service_code) == (NUMBER, "2028-09", "201")


@pytest.mark.parametrize("track", [TRACK2, ";1234567890?", f";{NUMBER}=2809201000?"])
def test_a_reader_that_sends_check_characters_is_believed_only_when_they_fit(track: str) -> None:
    right = TRACK1.replace(NUMBER, "1234567890") if NUMBER not in track else TRACK1
    sent = right + lrc_track1(right) + track + lrc_track2(track)
    assert parse_swipe(sent).number == parse_swipe(track).number
    wrong = "0" if lrc_track2(track) != "0" else "1"
    assert reason(track + wrong) is Unreadable.CHECKSUM


def test_a_loyalty_card_may_have_a_number_alone() -> None:
    assert parse_swipe(";636294169881005271827?").number == "636294169881005271827"
    assert parse_swipe("%12345?").number == "12345"
    assert parse_swipe("%SALON CLUB?;12345?") == Swipe("12345", track1="SALON CLUB", track2="12345")


def test_a_gift_card_without_expiry_keeps_what_its_maker_wrote() -> None:
    swipe = parse_swipe("%B7083560000013710910^OPEN VALUE CARD  ^8551?;7083560000013710910=8551?")
    assert (swipe.number, swipe.name, swipe.expires, swipe.service_code) == (
        "7083560000013710910",
        "OPEN VALUE CARD",
        None,
        None,
    )
    assert swipe.discretionary1 == swipe.discretionary2 == "8551"


@pytest.mark.parametrize(
    ("raw", "expires", "service_code", "discretionary"),
    [
        (f"%B{NUMBER}^A/B^^201777?", None, "201", "777"),
        (f"%B{NUMBER}^A/B^2809^777?", "2028-09", None, "777"),
        (f"%B{NUMBER}^A/B^^^777?", None, None, "777"),
        (f"%B{NUMBER}^A/B^2809?", "2028-09", None, ""),
    ],
)
def test_a_separator_stands_for_a_field_left_out(
    raw: str, expires: str | None, service_code: str | None, discretionary: str
) -> None:
    swipe = parse_swipe(raw)
    assert (swipe.expires, swipe.service_code, swipe.discretionary1) == (expires, service_code, discretionary)


def test_separators_on_track_2_stand_for_fields_left_out() -> None:
    swipe = parse_swipe(f";{NUMBER}===777?")
    assert (swipe.expires, swipe.service_code, swipe.discretionary2) == (None, None, "777")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", Unreadable.EMPTY),
        ("\r", Unreadable.EMPTY),
        ("%?;?", Unreadable.EMPTY),
        ("\x02\x1b\r\x03", Unreadable.EMPTY),
        ("%E?;E?\r", Unreadable.TRACK_ERROR),
        ("%E?" + TRACK2, Unreadable.TRACK_ERROR),
        (TRACK1 + ";E?", Unreadable.TRACK_ERROR),
        (TRACK2 + "+E?", Unreadable.TRACK_ERROR),
        (f"\x02\x1b%E?{TRACK2}0\r\x03", Unreadable.TRACK_ERROR),
        (f"\x02\x1b{TRACK2}7\r\x03", Unreadable.TRACK_ERROR),
        (f"\x02\x1b{TRACK2}0\r", Unreadable.CUT),
        (TRACK2[:-1], Unreadable.CUT),
        (TRACK1 + TRACK2[:-5], Unreadable.CUT),
        (TRACK2[1:], Unreadable.CUT),
        (TRACK2 + TRACK1, Unreadable.MALFORMED),
        (TRACK2 + "garbage", Unreadable.MALFORMED),
        (f";{NUMBER}=2809?20A", Unreadable.MALFORMED),
        (";50000A0000000611=2809201?", Unreadable.MALFORMED),
        (";=2809201?", Unreadable.MALFORMED),
        (f"%B{NUMBER}^KARIMI?", Unreadable.MALFORMED),
        ("%B ^KARIMI^2809201?", Unreadable.MALFORMED),
        ("%B۵۰۰۰^KARIMI^2809201?", Unreadable.MALFORMED),
        ("12345\r67890", Unreadable.MALFORMED),
        (f"%B{NUMBER}9999^A/B^2809201?", Unreadable.TOO_LONG),
        (f";{NUMBER}9999=2809201?", Unreadable.TOO_LONG),
        (";" + "1" * 38 + "?", Unreadable.TOO_LONG),
        ("%" + "A" * 77 + "?", Unreadable.TOO_LONG),
        (TRACK1 + TRACK2.replace("611", "629"), Unreadable.DISAGREEING),
        (TRACK1 + TRACK2.replace("=2809", "=2909"), Unreadable.DISAGREEING),
        ("%12345?;12346?", Unreadable.DISAGREEING),
        ("%SALON CLUB?", Unreadable.NO_NUMBER),
        (TRACK3, Unreadable.NO_NUMBER),
    ],
)
def test_a_swipe_that_cannot_be_trusted_is_refused_with_its_reason(raw: str, why: Unreadable) -> None:
    assert reason(raw) is why


@given(st.one_of(st.text(), st.text(alphabet=st.sampled_from("%;+?^=BE05\r\n \x02\x03\x1b/A"), max_size=40)))
def test_no_noise_of_a_reader_is_more_than_refused(raw: str) -> None:
    try:
        swipe = parse_swipe(raw)
    except UnreadableSwipe as refusal:
        assert str(refusal) == refusal.reason.value
    else:
        assert swipe.number.isascii() and swipe.number.isdecimal()


@given(st.integers(1, len(TRACK1 + TRACK2) - 1))
def test_a_swipe_cut_short_never_names_another_card(length: int) -> None:
    try:
        assert parse_swipe((TRACK1 + TRACK2)[:length]).number == NUMBER
    except UnreadableSwipe as refusal:
        assert refusal.reason in {Unreadable.CUT, Unreadable.CHECKSUM}


def test_a_card_never_shows_its_number_in_a_log() -> None:
    assert NUMBER not in repr(parse_swipe(TRACK1 + TRACK2 + TRACK3))
    assert "KARIMI" not in repr(parse_swipe(TRACK1))
    with pytest.raises(UnreadableSwipe) as refusal:
        parse_swipe(TRACK2[:-1])
    assert NUMBER not in repr(refusal.value)


@pytest.mark.parametrize("number", ["6037701689095443", "6219861034529007", "6037991234567893"])
def test_an_iranian_bank_card_is_recognised(number: str) -> None:
    assert is_bank_card(number)


@pytest.mark.parametrize(
    "number",
    [
        "6219861034529008",
        "621986103452900",
        "62198610345290070",
        "4000000000000002",
        "5555555555554444",
        NUMBER,
        "7083560000013710910",
        "636294169881005271827",
        "",
        "۶۲۱۹۸۶۱۰۳۴۵۲۹۰۰۷",
    ],
)
def test_other_cards_are_not_taken_for_bank_cards(number: str) -> None:
    assert not is_bank_card(number)


def test_a_bank_card_with_one_wrong_digit_is_none() -> None:
    number = "6219861034529007"
    for place, digit in product(range(6, 16), "0123456789"):
        mistyped = number[:place] + digit + number[place + 1 :]
        assert is_bank_card(mistyped) == (mistyped == number)


def test_the_check_character_makes_every_column_even() -> None:
    assert lrc_track2(";5350290149345177=16042010000056700100?") == ";"
    assert lrc_track2(";5266092201416174=16042010000056700100?") == "2"
    assert lrc_track1("%?") == chr(0x20 + (0x05 ^ 0x1F))


def test_the_reference_swipes_are_read(swipes: Any) -> None:
    for card in swipes["good"]:
        swipe = parse_swipe(card["raw"])
        read = {
            "pan": swipe.number,
            "name": swipe.name,
            "exp": swipe.expires,
            "service": swipe.service_code,
            "disc1": swipe.discretionary1,
            "disc2": swipe.discretionary2,
            "track3": swipe.track3,
        }
        expected = {name: value for name, value in card.items() if name in read}
        assert {name: read[name] for name in expected} == expected
        assert swipe.number in card["raw"]


def test_the_reference_bad_swipes_are_refused(swipes: Any) -> None:
    for card in swipes["bad"]:
        reason(card["raw"])


def test_the_reference_check_characters_are_the_same(swipes: Any) -> None:
    for track, character in swipes["lrc_track2"].items():
        assert lrc_track2(track) == character
        assert parse_swipe(track + character) == parse_swipe(track)


def test_the_reference_bank_cards_are_told_apart() -> None:
    cards = json.loads(shared_data("iran", "id-vectors.json").read_text(encoding="utf-8"))["cards"]
    assert [number for number in cards["valid"] if not is_bank_card(number)] == []
    assert [number for number in cards["invalid"] + cards["luhn_ok_but_not_iranian"] if is_bank_card(number)] == []


def test_the_reasons_are_told_by_these_names() -> None:
    names = ["empty", "track_error", "cut", "too_long", "malformed", "checksum", "disagreeing", "no_number"]
    assert [reason.value for reason in Unreadable] == names
    assert repr(UnreadableSwipe(Unreadable.CUT)) == "UnreadableSwipe('cut')"


def test_a_log_learns_of_a_card_when_it_ends_and_no_more() -> None:
    assert repr(parse_swipe(TRACK1 + TRACK2 + TRACK3)) == "Swipe(expires='2028-09', service_code='201')"


def test_a_card_of_digits_alone_has_no_name() -> None:
    assert parse_swipe("%12345?") == Swipe("12345", track1="12345")


def test_what_track_2_leaves_out_is_taken_from_track_1_and_track_3_is_carried_along() -> None:
    swipe = parse_swipe(f"{TRACK1};{NUMBER}?{TRACK3}")
    assert (swipe.expires, swipe.service_code, swipe.track3) == ("2028-09", "201", TRACK3[1:-1])


@pytest.mark.parametrize(
    "raw",
    [
        f"B{NUMBER}^A/B^2809201X",
        f"\x02B{NUMBER}^A/B^2809201X\r\x03",
        f"%B{NUMBER}^A/B^2809201X?\r",
    ],
)
def test_letters_at_the_end_of_a_track_stay(raw: str) -> None:
    assert parse_swipe(raw).discretionary1 == "X"


@pytest.mark.parametrize(
    "raw",
    [
        f"\x02{TRACK2}\x03",
        f"\x02{TRACK2}0\x03\n\r",
        TRACK1 + lrc_track1(TRACK1) + "\r" + TRACK2 + lrc_track2(TRACK2) + "\r",
        TRACK1 + lrc_track1(TRACK1) + " \t" + TRACK2,
        "\t " + TRACK2 + " \t",
    ],
)
def test_gaps_and_frames_around_tracks_do_not_matter(raw: str) -> None:
    assert parse_swipe(raw).number == NUMBER


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("\x0c" + TRACK2, Unreadable.CUT),
        (f"\x02{TRACK2}0\r\x03\x0c", Unreadable.CUT),
        (TRACK1 + "\r\x0c" + TRACK2, Unreadable.MALFORMED),
        (TRACK1 + "\rX" + TRACK2, Unreadable.MALFORMED),
        (TRACK1 + "~\x0c" + TRACK2, Unreadable.MALFORMED),
        (TRACK1 + "~X" + TRACK2, Unreadable.MALFORMED),
        (TRACK1 + "X" + TRACK2, Unreadable.CHECKSUM),
        (f"\x02{TRACK2}7\x03", Unreadable.TRACK_ERROR),
        (f"\x02{TRACK2}X\r\x03", Unreadable.TRACK_ERROR),
        (TRACK1 + TRACK1, Unreadable.MALFORMED),
        (TRACK3 + TRACK3, Unreadable.MALFORMED),
        (TRACK2[1:-1] + "\r" + TRACK1[1:-1], Unreadable.MALFORMED),
        (TRACK2 + "+abc?", Unreadable.MALFORMED),
        (TRACK2 + "+" + "1" * 105 + "?", Unreadable.TOO_LONG),
    ],
)
def test_what_does_not_belong_around_tracks_is_refused(raw: str, why: Unreadable) -> None:
    assert reason(raw) is why


def test_a_track_may_be_as_long_as_the_stripe() -> None:
    assert parse_swipe("%" + "1" * 76 + "?").number == "1" * 76
    assert parse_swipe(";" + "1" * 37 + "?").number == "1" * 37
    assert parse_swipe(TRACK2 + "+" + "1" * 104 + "?").track3 == "1" * 104
    assert parse_swipe(f";{'1' * 19}=2809201?").number == "1" * 19


def test_a_blank_name_is_a_lone_separator() -> None:
    assert parse_swipe(f"%B{NUMBER}^ / ^2809201?").name == ""


def test_a_bank_card_may_have_nineteen_digits_and_never_a_letter() -> None:
    valid = [number for number in (f"621986103452900700{digit}" for digit in range(10)) if is_bank_card(number)]
    assert len(valid) == 1
    assert not is_bank_card("621986103452900x")
    assert not any(is_bank_card(f"6219861034529007000{digit}") for digit in range(10))
