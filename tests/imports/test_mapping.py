"""Mapping files: foreign columns, other words, filters, and what makes no sense."""

from datetime import date, time
from decimal import Decimal

import pytest
from flask import Flask

from salon.core.errors import Invalid
from salon.imports.mapping.rules import Mapping, parse_mapping, rows_of
from salon.imports.rows.rules import Field, Row
from salon.imports.sheets.rules import Cell, Sheet, SheetRow
from salon.imports.values.rules import Formats

FIELDS = (Field("code", ("کد خدمت", "کد"), required=True), Field("name", ("نام",)), Field("tax", ("مالیات",)))


def sheet(*rows: dict[str, Cell]) -> Sheet:
    return Sheet(tuple(rows[0]), tuple(SheetRow(line, row) for line, row in enumerate(rows, start=2)))


def test_our_own_columns_are_known_however_they_are_typed():
    (row,) = rows_of(sheet({"كد  خدمت": "۱۲", "Name": "کوتاهی"}), parse_mapping(""), FIELDS)
    assert (row.code("code"), row.text("name")) == ("12", "کوتاهی")


def test_only_the_columns_of_the_mapping_count():
    mapping = parse_mapping('[columns]\ncode = "Service"')
    (row,) = rows_of(sheet({"Service": "SHCW", "name": "x"}), mapping, FIELDS)
    assert row.code("code") == "SHCW"
    assert not row.has("name")


def test_other_words_defaults_and_several_columns():
    mapping = parse_mapping(
        '[columns]\ncode = "Code"\nname = ["A", "B"]\ntax = ["GST", "PST"]\n'
        '[defaults]\ncode = "WALK_IN"\n[values.name]\n"a b" = "c"\n"*" = "d"\n[format]\nmoney_scale = 100'
    )
    first, second = rows_of(
        sheet(
            {"Code": "", "A": "a", "B": "b", "GST": "2.52", "PST": "4.032"},
            {"Code": "X", "A": "", "B": "z", "GST": "", "PST": ""},
        ),
        mapping,
        FIELDS,
    )
    assert (first.code("code"), first.text("name"), first.rounded_sum("tax")) == ("WALK_IN", "c", 655)
    assert (second.code("code"), second.text("name"), second.rounded_sum("tax")) == ("X", "d", 0)


def priced(*cells: Cell, form: str = "") -> Row:
    """A row whose price stands in as many columns."""
    columns = [f"P{place}" for place in range(len(cells))]
    mapping = parse_mapping(f"[columns]\ncode = {columns}\n{form}")
    (row,) = rows_of(sheet(dict(zip(columns, cells, strict=True))), mapping, FIELDS)
    return row


def test_amounts_of_several_columns_add_up_exactly():
    cents = "[format]\nmoney_scale = 100"
    assert priced("1.005", "2.005", form=cents).amount("code") == 301
    assert priced("100", "", Decimal("2.5"), form="[format]\nmoney_scale = 10").amount("code") == 1_025
    assert priced("", "").amount("code") is None
    with pytest.raises(Invalid) as refused:
        priced("1.005", "2", form=cents).amount("code")
    assert refused.value.code == "amount_fraction"


def test_prices_of_several_columns_add_up_and_never_stand_side_by_side():
    assert priced("100", "200").price_range("code") == (300, None)
    assert priced("100", "200 تا 300", "-").price_range("code") == (300, 400)
    with pytest.raises(Invalid) as refused:
        priced("100", "رایگان").price_range("code")
    assert refused.value.code == "amount_invalid"
    with pytest.raises(Invalid) as refused:
        priced("--", "").price_range("code")
    assert refused.value.code == "price_missing"


def test_a_price_that_excel_keeps_as_a_number_is_that_number():
    toman = "[format]\nmoney_scale = 10"
    assert priced(Decimal(125), form=toman).price_range("code") == (1_250, None)
    assert priced(Decimal("12.5"), form=toman).price_range("code") == (125, None)
    with pytest.raises(Invalid) as refused:  # and not 12345: a dot groups thousands in texts only
        priced(Decimal("12.345"), form=toman).price_range("code")
    assert refused.value.code == "amount_fraction"


def test_of_several_columns_of_a_day_or_a_time_none_is_dropped():
    row = priced(date(2018, 3, 15), "1397/01/15")
    with pytest.raises(Invalid) as refused:
        row.day("code")
    assert refused.value.code == "day_invalid"
    assert priced(date(2018, 3, 15), "").day("code") == date(2018, 3, 15)
    assert priced("15", "March", "2018", form='[format]\ndate = "%d %B %Y"').day("code") == date(2018, 3, 15)
    assert priced(time(9, 30), "").time("code") == time(9, 30)


def test_a_filter_leaves_rows_out():
    mapping = parse_mapping('[columns]\ncode = "row"\n[filter]\ncity = "شیراز"')
    rows = rows_of(sheet({"row": "1", "city": "شيراز"}, {"row": "2", "city": "بندرعباس"}), mapping, FIELDS)
    assert [row.code("code") for row in rows] == ["1"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columns = 1", "mapping_invalid"),
        ("[columns\n", "mapping_invalid"),
        ('[columns]\ncolour = "x"', "mapping_invalid"),
        ('[colums]\ncode = "Code"', "mapping_invalid"),
        ("[columns]\ncode = 5", "mapping_invalid"),
        ("[format]\nmoney_scale = 0", "mapping_invalid"),
        ("[format]\nscale = 10", "mapping_invalid"),
        ('[columns]\ncode = "Cod"', "column_missing"),
        ('[filter]\ncity = "شیراز"', "column_missing"),
        ('[columns]\nname = "Code"', "field_unmapped"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_before_anything_happens(text: str, code: str):
    with pytest.raises(Invalid) as refused:
        rows_of(sheet({"Code": "1"}), parse_mapping(text), FIELDS)
    assert refused.value.code == code


def test_a_file_without_any_known_column_is_refused_once_and_not_row_by_row(app: Flask):
    with pytest.raises(Invalid) as refused:
        rows_of(sheet({"Client": "1"}, {"Client": "2"}), parse_mapping(""), FIELDS[1:])
    assert refused.value.code == "field_unmapped" and "«نام»" in refused.value.message


def mapping_refusal(text: str) -> tuple[str, str]:
    with pytest.raises(Invalid) as refused:
        rows_of(sheet({"Code": "1"}), parse_mapping(text), FIELDS)
    return refused.value.code, refused.value.message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("columns = 1", "[columns]"),
        ("defaults = 1", "[defaults]"),
        ("values = 1", "[values]"),
        ("filter = 1", "[filter]"),
        ("format = 1", "[format]"),
        ('[columns]\ncode = ["a", 5]', "code"),
        ("[values]\ncode = 5", "[values.code]"),
        ('[defaults]\ncode = ["a"]', "code"),
        ('[filter]\nCode = ["a"]', "Code"),
        ("[values.code]\nx = 1.5", "code"),
        ("[format]\nmoney_scale = 0", "money_scale"),
        ("[format]\nmoney_scale = 1000001", "money_scale"),
        ("[format]\nmoney_scale = true", "money_scale"),
        ('[format]\nmoney_scale = "10"', "money_scale"),
        ("[format]\ndecimal_point = 1", "decimal_point"),
        ("[format]\ndate = 1", "date"),
        ("[format]\ntime = 1", "time"),
        ("[format]\nscale = 10", "«scale»؟ (date, decimal_point, money_scale, time)"),
        ('[colums]\ncode = "Code"', "«colums»؟ (columns, defaults, filter, format, values)"),
        ('[columns]\ncolour = "x"', "«colour»؟ (code, name, tax)"),
        ('[columns]\ncode = "Code"\n[defaults]\ncolour = "x"', "«colour»؟ (code, name, tax)"),
        ('[columns]\ncode = "Code"\n[values.colour]\na = "x"', "«colour»؟ (code, name, tax)"),
    ],
)
def test_a_mapping_that_is_refused_is_told_what_is_wrong(app: Flask, text: str, what: str):
    assert mapping_refusal(text) == ("mapping_invalid", f"فایل نگاشت درست نیست: {what}")


def test_a_missing_column_or_field_is_named(app: Flask):
    assert "«Cod»" in mapping_refusal('[columns]\ncode = "Cod"')[1]
    assert "«city»" in mapping_refusal('[columns]\ncode = "Code"\n[filter]\ncity = "شیراز"')[1]
    assert "«کد خدمت»" in mapping_refusal('[columns]\nname = "Code"')[1]
    assert "line 1" in mapping_refusal("[columns\n")[1]


def test_a_mapping_says_how_a_file_writes_things():
    mapping = parse_mapping(
        '[format]\ndate = "%d.%m.%Y"\ntime = ["%H", "%H:%M"]\nmoney_scale = 1000000\ndecimal_point = false'
    )
    assert mapping.formats == Formats(("%d.%m.%Y",), ("%H", "%H:%M"), 1_000_000, False)
    assert parse_mapping("[format]\nmoney_scale = 100").formats.decimal_point is True
    assert parse_mapping("[format]\ndecimal_point = true").formats.decimal_point is True
    assert parse_mapping("").formats == Formats()


def test_numbers_and_yes_and_no_may_stand_in_a_mapping():
    mapping = parse_mapping('[defaults]\ncode = 5\nname = true\ntax = false\n[values.tax]\n"يك" = 1\n[filter]\nn = 7')
    assert mapping.defaults == {"code": "5", "name": "yes", "tax": "no"}
    assert mapping.values == {"tax": {"یک": "1"}}
    assert mapping.wanted == {"n": "7"}


def test_without_a_mapping_the_file_has_our_own_columns_and_the_first_of_a_name_counts():
    (row,) = rows_of(sheet({"کد": "1", "کد خدمت": "2", "name": "x", "NAME": "y"}), parse_mapping(""), FIELDS)
    assert (row.line, row.code("code"), row.text("name"), row.has("tax")) == (2, "2", "x", False)
    assert row.labels == {"code": "کد خدمت", "name": "نام", "tax": "مالیات"}


def test_a_field_that_must_be_there_may_come_from_a_default_alone():
    mapping = parse_mapping('[columns]\nname = "Code"\n[defaults]\ncode = "X"\n[format]\nmoney_scale = 10')
    (row,) = rows_of(sheet({"Code": "1"}), mapping, FIELDS)
    assert (row.code("code"), row.text("name"), row.formats.money_scale) == ("X", "1", 10)


def test_a_blank_cell_has_its_default_and_a_blank_without_one_stays():
    mapping = parse_mapping('[columns]\ncode = "Code"\nname = "Name"\n[defaults]\nname = "N"')
    first, second = rows_of(sheet({"Code": "", "Name": ""}, {"Code": "1", "Name": "M"}), mapping, FIELDS)
    assert (first.has("code"), first.text("code"), first.text("name")) == (True, "", "N")
    assert second.text("name") == "M"


def test_other_words_are_looked_up_in_one_spelling_and_the_rest_stays_or_becomes_anything_else():
    mapping = parse_mapping('[columns]\ncode = "Code"\n[values.code]\n"يك" = "1"')
    known, other = rows_of(sheet({"Code": " یک"}, {"Code": "دو"}), mapping, FIELDS)
    assert (known.code("code"), other.code("code")) == ("1", "دو")


def test_no_mapping_file_and_an_empty_one_are_the_same():
    assert Mapping() == parse_mapping("")


def test_a_row_that_lacks_a_column_has_a_blank_there():
    short = Sheet(("Code", "Name"), (SheetRow(2, {"Code": "1"}),))
    (row,) = rows_of(short, parse_mapping('[columns]\ncode = "Code"\nname = "Name"'), FIELDS)
    assert row.text("name") == ""


def test_every_wanted_value_must_stand_in_a_row():
    mapping = parse_mapping('[columns]\ncode = "a"\n[filter]\nb = "x"\nc = "y"')
    rows = rows_of(sheet({"a": "1", "b": "x", "c": "y"}, {"a": "2", "b": "x", "c": "z"}), mapping, FIELDS)
    assert [row.code("code") for row in rows] == ["1"]
