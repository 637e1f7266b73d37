"""A row of a file, and how its cells are read."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from flask import Flask

from salon.core.errors import Invalid
from salon.imports.rows.rules import LONGEST_CODE, LONGEST_TEXT, Field, Row, written
from salon.imports.sheets.rules import Cell
from salon.imports.values.rules import Formats, formats_for

TOMAN, CENTS = formats_for(10, (), (), None), formats_for(100, (), (), None)


def row(*cells: Cell, formats: Formats = TOMAN) -> Row:
    return Row(3, {"x": cells} if cells else {}, {"x": "ستون"}, formats)


def refused(read: Callable[[], object]) -> tuple[str, str | None, str]:
    with pytest.raises(Invalid) as refusal:
        read()
    return refusal.value.code, refusal.value.field, refusal.value.message


def test_a_field_is_called_by_the_first_of_its_headers() -> None:
    plain = Field("code", ("کد خدمت", "کد"))
    assert (plain.label, plain.required) == ("کد خدمت", False)


def test_a_field_that_the_file_lacks_is_not_a_blank_one() -> None:
    assert row("").has("x")
    assert not row().has("x")


def test_texts_of_several_columns_stand_one_after_another_in_one_spelling() -> None:
    assert row(" كوتاهی ", "", "مو").text("x") == "کوتاهی مو"
    assert row().text("x") == ""
    assert (LONGEST_TEXT, len(row("a" * 1000).text("x"))) == (1000, 1000)


def test_numbers_and_days_are_written_as_people_would() -> None:
    assert written(Decimal("12.0")) == "12"
    assert written(Decimal("1E+3")) == "1000"
    assert written(Decimal("12.50")) == "12.50"
    assert written("12.0") == "12.0"
    assert written(date(2018, 4, 4)) == "2018-04-04"


def test_a_key_has_latin_digits_and_is_never_cut(app: Flask) -> None:
    assert LONGEST_CODE == 40
    assert row("۱۲-الف").code("x") == "12-الف"
    assert row("a" * 40).code("x") == "a" * 40
    assert refused(lambda: row("a" * 41).code("x"))[:2] == ("text_long", "ستون")
    assert row("a" * 41).code("x", 41) == "a" * 41
    code, _, sentence = refused(lambda: row("abc").code("x", 2))
    assert code == "text_long"
    assert "۲ حرف" in sentence


def test_what_must_be_there_is_asked_for_by_its_name(app: Flask) -> None:
    assert row("۷").needed_code("x") == "7"
    assert row("۷").needed_amount("x") == 70
    assert row("1397/01/15").needed_day("x") == date(2018, 4, 4)
    for read in (row("").needed_code, row("").needed_amount, row().needed_day):
        assert refused(lambda read=read: read("x"))[:2] == ("value_missing", "ستون")
    assert row("0").needed_amount("x") == 0


def test_an_amount_is_rials_exactly_as_written(app: Flask) -> None:
    assert row("1.250").amount("x") == 12_500
    assert row(Decimal("12.5")).amount("x") == 125
    assert row("").amount("x") is None and row().amount("x") is None
    assert row("5", "", "6").amount("x") == 110
    assert refused(lambda: row("دوازده").amount("x")) == ("amount_invalid", "ستون", "«دوازده» مبلغ نیست (ستون).")
    fraction = refused(lambda: row("4.032", formats=CENTS).amount("x"))
    assert fraction[:2] == ("amount_fraction", "ستون")
    assert "«4.032»" in fraction[2] and "(ستون)" in fraction[2]


def test_columns_are_added_up_before_they_are_rounded(app: Flask) -> None:
    assert row("2.52", "", Decimal("4.032"), formats=CENTS).rounded_sum("x") == 655
    assert row("0.004", "0.004", formats=CENTS).rounded_sum("x") == 1
    assert row().rounded_sum("x") == 0
    assert refused(lambda: row("1", "a").rounded_sum("x"))[0] == "amount_invalid"


def test_a_price_may_be_a_range(app: Flask) -> None:
    assert row("60.000 تا 100.000").price_range("x") == (600_000, 1_000_000)
    assert row("80.000").price_range("x") == (800_000, None)
    assert row("0").price_range("x") == (0, None)


@pytest.mark.parametrize("blank", ["", "-", "–", "−", "_", ".", " - ", "۰", "- . _"])
def test_a_price_left_out_is_not_taken_for_a_gift(app: Flask, blank: str) -> None:
    code, field, sentence = refused(lambda: row(blank).price_range("x"))
    assert (code, field) == ("price_missing", "price")
    assert f"«{blank.strip()}»" in sentence


def test_a_price_that_is_none_or_too_fine_is_refused(app: Flask) -> None:
    assert refused(lambda: row("توافقی").price_range("x")) == ("amount_invalid", "ستون", "«توافقی» مبلغ نیست (ستون).")
    for typed in ("4.032", "4.032 تا 5", "4 تا 5.032"):
        code, field, sentence = refused(lambda typed=typed: row(typed, formats=CENTS).price_range("x"))
        assert (code, field) == ("amount_fraction", "ستون")
        assert f"«{typed}»" in sentence and "(ستون)" in sentence


def test_a_number_a_day_a_time_and_a_flag_are_read_or_named(app: Flask) -> None:
    assert (row("۲").whole("x"), row("").whole("x"), row("0").whole("x")) == (2, None, 0)
    assert (row("بله").flag("x"), row("خیر").flag("x"), row("").flag("x")) == (True, False, None)
    assert (row("").day("x"), row("").time("x"), row().day("x"), row().time("x")) == (None, None, None, None)
    assert row("9:30").time("x") == time(9, 30)
    assert refused(lambda: row("دو").whole("x")) == ("number_invalid", "ستون", "«دو» عدد درست نیست (ستون).")
    assert refused(lambda: row("شاید").flag("x")) == ("flag_invalid", "ستون", "«شاید» بله یا خیر نیست (ستون).")
    assert refused(lambda: row("فردا").day("x")) == ("day_invalid", "ستون", "«فردا» تاریخ نیست (ستون).")
    assert refused(lambda: row("ظهر").time("x")) == ("time_invalid", "ستون", "«ظهر» ساعت نیست (ستون).")


def test_days_and_times_of_a_spreadsheet_are_taken_as_they_are() -> None:
    moment = datetime(2018, 4, 4, 9, 30)  # noqa: DTZ001  # of the wall
    assert (row(moment).day("x"), row(moment).time("x")) == (date(2018, 4, 4), time(9, 30))
    assert (row(date(2018, 4, 4)).day("x"), row(time(9, 30)).time("x")) == (date(2018, 4, 4), time(9, 30))


def test_the_formats_of_the_file_decide() -> None:
    formats = formats_for(1, ("%m/%d/%Y",), ("%H.%M",), None)
    assert row("03/15/2018", formats=formats).day("x") == date(2018, 3, 15)
    assert row("9.30", formats=formats).time("x") == time(9, 30)


def test_a_cell_of_a_spreadsheet_needs_no_format() -> None:
    formats = formats_for(10, ("%m/%d/%Y",), ("%H.%M",), None)
    assert row("", date(2018, 4, 4), formats=formats).day("x") == date(2018, 4, 4)
    assert row("", time(9, 30), formats=formats).time("x") == time(9, 30)
    assert row(Decimal("12.5")).price_range("x") == (125, None)


def test_a_letter_is_no_price_and_a_field_that_is_not_there_has_none(app: Flask) -> None:
    assert refused(lambda: row("X").price_range("x"))[0] == "amount_invalid"
    assert refused(lambda: row().price_range("x"))[0] == "price_missing"


def test_prices_of_several_columns_add_up_at_both_ends(app: Flask) -> None:
    assert row("1.000", "-", Decimal(5)).price_range("x") == (10_050, None)
    assert row("1.000 تا 2.000", "500").price_range("x") == (15_000, 25_000)
    assert refused(lambda: row("1.000", "زیاد").price_range("x"))[0] == "amount_invalid"


def test_a_day_spread_over_columns_is_read_as_one_text() -> None:
    assert row("", date(2018, 4, 4), "").day("x") == date(2018, 4, 4)
    assert row("", time(9, 30)).time("x") == time(9, 30)
    assert row("1397/01/15", "").day("x") == date(2018, 4, 4)
    assert row("1397 01", "15").day("x") == date(2018, 4, 4)
    assert row("4:15", "ب.ظ").time("x") == time(16, 15)


def test_days_are_those_of_a_salons_time_to_the_day() -> None:
    for day in (date(1900, 1, 1), date(2199, 12, 31)):
        assert row(day).day("x") == day


@pytest.mark.parametrize("never", [date(1899, 12, 31), date(2200, 1, 1)])
def test_a_day_that_programs_write_for_never_is_refused(app: Flask, never: date) -> None:
    assert refused(lambda: row(never).day("x"))[:2] == ("day_invalid", "ستون")
