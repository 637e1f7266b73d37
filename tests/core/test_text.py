"""Text typed by people."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salon.core.text import (
    is_national_code,
    latin_digits,
    normalise,
    normalise_lines,
    normalise_mobile,
    persian_digits,
    search_key,
)
from tests.shared_data import shared_data

PERSIAN_TYPING = st.text(
    alphabet=st.sampled_from("يىیكکةهآأإاؤوئءـ َِّٔٓ\u200c\u200d\u200e\u200b\n\t۱١1-‐aAéمری"), max_size=20
)


@pytest.fixture(scope="module")
def vectors() -> Any:
    return json.loads(shared_data("iran", "id-vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  علي  كريمي ", "علی کریمی"),
        ("مصطفى", "مصطفی"),
        ("مـــریم", "مریم"),
        ("سلام \t\n دنیا", "سلام دنیا"),
        ("می\u200c\u200cرود", "می\u200cرود"),
        ("\u200cمی \u200c رود\u200c ", "می رود"),
        ("مریم\u00a0\u00a0رضایی", "مریم رضایی"),
        ("\u202bمریم\u202c\ufeff\u00ad\u0000", "مریم"),
        ("ﻣﺮﯾﻢ", "مریم"),
        ("۱۲ ١٢ 12", "۱۲ ١٢ 12"),
        ("فاطمة", "فاطمة"),
        ("آ", "آ"),
        ("", ""),
        ("👩\u200d🦰", "👩\u200d🦰"),
    ],
)
def test_what_is_typed_is_stored_in_one_spelling(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@given(st.one_of(st.text(), PERSIAN_TYPING))
def test_normalising_twice_changes_nothing(typed: str) -> None:
    stored = normalise(typed)
    assert normalise(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert "\u200c\u200c" not in stored and "  " not in stored and stored == stored.strip()


@pytest.mark.parametrize(
    "spellings",
    [
        ("فاطمه زهرا", "فاطمه\u200cزهرا", "فاطمةزهراء", "فاطمه-زهرا", " فاطـمه  زهرا "),
        ("آرزو", "ارزو", "أرزو", "إرزو"),
        ("مؤمنی", "مومنی", "مومني", "مُؤمِنی"),
        ("رئیسی", "رییسی", "رئيسي"),
        ("خانهٔ ما", "خانۀ ما", "خانه ما"),
        ("اتاق ۱۲", "اتاق 12", "اتاق ١٢"),
        ("L'Oréal", "l'oreal", "L'OREAL"),
        ("کراتینه", "كراتينه", "کراتينة", "ﮐﺮﺍﺗﯿﻨﻪ"),
    ],
)
def test_a_name_is_found_however_it_was_typed(spellings: tuple[str, ...]) -> None:
    assert len({search_key(spelling) for spelling in spellings}) == 1


def test_different_names_keep_different_keys() -> None:
    assert len({search_key(name) for name in ("سارا", "سحر", "سمیرا", "صبا", "سبا")}) == 5


@given(st.one_of(st.text(), PERSIAN_TYPING))
def test_a_search_key_is_its_own_key_and_does_not_care_for_normalising(typed: str) -> None:
    key = search_key(typed)
    assert search_key(key) == key
    assert search_key(normalise(typed)) == key


@given(st.text())
def test_digits_change_their_shape_and_nothing_else(typed: str) -> None:
    assert latin_digits(persian_digits(typed)) == latin_digits(typed)
    assert persian_digits(latin_digits(typed)) == persian_digits(typed)
    assert not set(latin_digits(typed)) & set("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")
    assert len(persian_digits(typed)) == len(typed)


def test_persian_and_arabic_digits_are_read_as_latin_ones() -> None:
    assert latin_digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩") == "0123456789 0123456789"
    assert persian_digits("0123456789 ٠١٢٣٤٥٦٧٨٩") == "۰۱۲۳۴۵۶۷۸۹ ۰۱۲۳۴۵۶۷۸۹"


@pytest.mark.parametrize(
    "typed",
    [
        "09123456789",
        "9123456789",
        "989123456789",
        "+989123456789",
        "00989123456789",
        "+98 (0) 912 345 6789",
        "0912-345-67-89",
        "0912.345.6789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢ ٣٤٥ ٦٧٨٩",
        "\u200e+98 912 345 6789\u202c",
        "989123456789+",
        "0912–345–6789",
    ],
)
def test_every_way_of_typing_a_mobile_number_is_one_number(typed: str) -> None:
    assert normalise_mobile(typed) == "09123456789"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0",
        "+98",
        "0912345678",
        "091234567890",
        "02188776655",
        "09802002580",
        "0912345678a",
        "09123456789 09123456780",
    ],
)
def test_what_is_not_a_mobile_number_is_none(typed: str) -> None:
    assert normalise_mobile(typed) is None


@given(st.text())
def test_no_text_upsets_the_readers_of_numbers(typed: str) -> None:
    mobile = normalise_mobile(typed)
    assert mobile is None or normalise_mobile(mobile) == mobile
    assert is_national_code(typed) in {True, False}


@pytest.mark.parametrize("code", ["0499370899", "1583250689", "۰۴۹۹۳۷۰۸۹۹", " 0499370899 ", "68415941", "0068415941"])
def test_a_national_code_with_its_check_digit_is_accepted(code: str) -> None:
    assert is_national_code(code)


@pytest.mark.parametrize("code", ["", "0499370898", "3333333333", "1110000006", "499370", "04993708990", "04993a0899"])
def test_a_national_code_with_a_wrong_digit_or_length_is_refused(code: str) -> None:
    assert not is_national_code(code)


@given(st.integers(0, 9), st.integers(0, 8))
def test_one_mistyped_digit_never_passes_as_the_same_code(digit: int, place: int) -> None:
    code = "1583250689"
    mistyped = code[:place] + str(digit) + code[place + 1 :]
    assert is_national_code(mistyped) == (mistyped == code)


def test_the_reference_national_codes_are_told_apart(vectors: Any) -> None:
    codes = vectors["national_id"]
    assert [code for code in codes["valid"] if not is_national_code(code)] == []
    assert [code for code in codes["valid_after_left_padding"] if not is_national_code(code)] == []
    assert [code for code in codes["invalid"] if is_national_code(code)] == []


def test_the_reference_mobile_numbers_are_told_apart(vectors: Any) -> None:
    mobiles = vectors["mobile"]
    assert [normalise_mobile(typed) for typed, _ in mobiles["to_0"]] == [number for _, number in mobiles["to_0"]]
    assert {normalise_mobile(typed) for typed in mobiles["kavenegar_accepts"]} == {"09121234567"}
    assert [typed for typed in mobiles["invalid"] if normalise_mobile(typed)] == []
    assert [typed for typed in mobiles["operator"] if normalise_mobile(typed) != typed] == []


def test_the_reference_spellings_come_together(vectors: Any) -> None:
    text = vectors["text"]
    assert [latin_digits(typed) for typed, _ in text["digits_fa_to_en"]] == [
        read for _, read in text["digits_fa_to_en"]
    ]
    assert [latin_digits(typed) for typed, _ in text["digits_ar_to_en"]] == [
        read for _, read in text["digits_ar_to_en"]
    ]
    for typed, read in text["ar_to_fa"] + text["half_space"]:
        assert search_key(typed) == search_key(read)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ي ى ی", "ییی"),
        ("ك ک", "کک"),
        ("\U0001ee0a\U0001ee09", "کی"),
        ("ة ە ہ ھ ه", "ههههه"),
        ("ٱ ا أ إ آ", "ااااا"),
        ("ء", ""),
        ("ـ", ""),
        ("Straße", "strasse"),
        ("a-b–c_d", "abc_d"),
        ("۱٢3", "123"),
        ("a\u0000b", "ab"),
    ],
)
def test_letters_that_people_interchange_are_one(typed: str, key: str) -> None:
    assert search_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("X", "X"),
        ("ي", "ی"),
        ("ى", "ی"),
        ("ك", "ک"),
        ("ـ", ""),
        ("ء", "ء"),
        ("ة", "ة"),
        ("\ufb50", "ٱ"),
        ("\ufc5d", "ىٰ".replace("ى", "ی")),
        ("\ufc5e", "\ufc5e"),
        ("\ufc63", "\ufc63"),
        ("\ufc64", "ئر"),
        ("\ufdfb", "جل جلاله"),
        ("\ufdfc", "\ufdfc"),
        ("\ufe7f", "\ufe7f"),
        ("\ufe80", "ء"),
        ("\ufefc", "لا"),
        ("\ufeff", ""),
        ("a\ud800b", "ab"),
        ("a\u0007b", "ab"),
        ("می \u200c\u200c رود", "می رود"),
        ("می\u200c \u200cرود", "می رود"),
        ("\u200c می \u200c", "می"),
        ("e\u0301", "é"),
        ("ا\u200e\u0653", "آ"),
    ],
)
def test_each_letter_has_one_spelling_and_shapes_become_letters(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@pytest.mark.parametrize("prefix", ["090", "091", "092", "093", "094", "099"])
def test_the_ranges_of_mobile_numbers_are_known(prefix: str) -> None:
    assert normalise_mobile(prefix + "12345678") == prefix + "12345678"


@pytest.mark.parametrize("prefix", ["095", "096", "097", "098", "089"])
def test_other_ranges_are_no_mobile_numbers(prefix: str) -> None:
    assert normalise_mobile(prefix + "12345678") is None


@pytest.mark.parametrize("typed", ["0912_345_6789", "0912/345/6789", "(0912) 345.6789", "0912—3456789", "+09123456789"])
def test_marks_within_a_mobile_number_do_not_count(typed: str) -> None:
    assert normalise_mobile(typed) == "09123456789"


@pytest.mark.parametrize(
    "typed", ["0912*3456789", "00989123456789x", "0098009123456789", "++989123456789", "00912345678"]
)
def test_other_marks_are_refused(typed: str) -> None:
    assert normalise_mobile(typed) is None


@pytest.mark.parametrize(
    "code",
    ["0000000017".replace("17", "25"), "1234567891", "0012345679", "68415941", "5551234567"],
)
def test_a_check_digit_follows_from_the_nine_before_it(code: str) -> None:
    whole = code.zfill(10)
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(whole[:9])) % 11
    right = str(rest if rest < 2 else 11 - rest)
    accepted = [digit for digit in "0123456789" if is_national_code(whole[:9] + digit)]
    assert accepted == ([] if whole[3:9] == "000000" else [right])


@pytest.mark.parametrize("code", [str(digit) * 10 for digit in range(10)])
def test_a_repeated_digit_is_no_national_code(code: str) -> None:
    assert not is_national_code(code)


def test_a_national_code_may_have_lost_two_zeros_in_front_and_no_more() -> None:
    assert is_national_code("0010000003") is False
    assert is_national_code("0068415941") and is_national_code("068415941") and is_national_code("68415941")
    assert not is_national_code("0000415941") and not is_national_code("415941")


def test_lines_are_kept_apart_each_in_one_spelling_without_blank_ones_around() -> None:
    assert normalise_lines("\n \n علي  كريمي \r\n\n  مو\n\n") == "علی کریمی\n\nمو"
    assert normalise_lines("") == ""
