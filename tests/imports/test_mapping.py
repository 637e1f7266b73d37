"""Mapping files: foreign columns, other words, filters, and what makes no sense."""

from datetime import date, time
from decimal import Decimal

import pytest

from salon.core.errors import Invalid
from salon.imports.mapping.rules import parse_mapping, rows_of
from salon.imports.rows.rules import Field, Row
from salon.imports.sheets.rules import Cell, Sheet, SheetRow

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


def test_a_file_without_any_known_column_is_refused_once_and_not_row_by_row():
    with pytest.raises(Invalid) as refused:
        rows_of(sheet({"Client": "1"}, {"Client": "2"}), parse_mapping(""), FIELDS[1:])
    assert refused.value.code == "field_unmapped"
