"""The mapping file: which foreign column is which of our fields, and how the file writes things. No database."""

import tomllib
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...core.text import normalise, search_key
from ..errors import column_missing, field_unmapped, mapping_invalid
from ..rows.rules import Field, Row, written
from ..sheets.rules import Cell, Sheet, SheetRow
from ..values.rules import Formats, formats_for

_ANYTHING_ELSE = "*"
_FORMAT_KEYS = {"date", "time", "money_scale", "decimal_point"}


@dataclass(frozen=True)
class Mapping:
    """A mapping file. Without `columns` the file has our own column names."""

    columns: Table[str, tuple[str, ...]] = field(default_factory=dict)  # by field
    defaults: Table[str, str] = field(default_factory=dict)  # for blank cells, by field
    values: Table[str, Table[str, str]] = field(default_factory=dict)  # other words for values, by field
    wanted: Table[str, str] = field(default_factory=dict)  # only rows with this value, by foreign column
    formats: Formats = field(default_factory=Formats)


def parse_mapping(text: str) -> Mapping:
    """Read a mapping. Raises Invalid `mapping_invalid` with what is wrong."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise mapping_invalid(str(error)) from error
    _refuse_unknown(document, {"columns", "defaults", "values", "filter", "format"})
    return Mapping(
        columns={name: _columns(name, named) for name, named in _table(document, "columns").items()},
        defaults={name: _text(name, value) for name, value in _table(document, "defaults").items()},
        values={name: _words(name, words) for name, words in _table(document, "values").items()},
        wanted={column: normalise(_text(column, value)) for column, value in _table(document, "filter").items()},
        formats=_formats(_table(document, "format")),
    )


def rows_of(sheet: Sheet, mapping: Mapping, fields: Sequence[Field]) -> list[Row]:
    """The rows of a sheet by our fields, without those the filter leaves out. Raises Invalid for missing columns."""
    columns = columns_of(sheet, mapping, fields)
    labels = {known.name: known.label for known in fields}
    return [
        Row(row.line, _cells(row, columns, mapping), labels, mapping.formats)
        for row in sheet.rows
        if _is_wanted(row, mapping)
    ]


def columns_of(sheet: Sheet, mapping: Mapping, fields: Sequence[Field]) -> dict[str, tuple[str, ...]]:
    """The columns of each field. Raises Invalid `column_missing`, `field_unmapped` or `mapping_invalid`."""
    names = {known.name for known in fields}
    for named in (mapping.columns, mapping.defaults, mapping.values):
        _refuse_unknown(named, names)
    asked = [column for columns in mapping.columns.values() for column in columns]
    for column in [*asked, *mapping.wanted]:
        if column not in sheet.columns:
            raise column_missing(column)
    columns = dict(mapping.columns) or _own_columns(sheet, fields)
    if not columns:
        raise field_unmapped(fields[0].label)  # foreign names throughout: one sentence, not one for each row
    for known in fields:
        if known.required and known.name not in columns and known.name not in mapping.defaults:
            raise field_unmapped(known.label)
    return columns


def _own_columns(sheet: Sheet, fields: Sequence[Field]) -> dict[str, tuple[str, ...]]:
    """Columns that bear our own names, however they were typed."""
    by_key = {search_key(column): column for column in reversed(sheet.columns)}
    found: dict[str, tuple[str, ...]] = {}
    for known in fields:
        keys = [search_key(header) for header in (known.name, *known.headers)]
        column = next((by_key[key] for key in keys if key in by_key), None)
        if column is not None:
            found[known.name] = (column,)
    return found


def _cells(row: SheetRow, columns: Table[str, tuple[str, ...]], mapping: Mapping) -> dict[str, tuple[Cell, ...]]:
    cells: dict[str, tuple[Cell, ...]] = {name: (value,) for name, value in mapping.defaults.items()}
    for name, named in columns.items():
        found = tuple(row.cells.get(column, "") for column in named)
        if name in mapping.values:
            found = (_other_word(found, mapping.values[name]),)
        if any(cell != "" for cell in found) or name not in cells:
            cells[name] = found
    return cells


def _other_word(found: tuple[Cell, ...], words: Table[str, str]) -> str:
    typed = normalise(" ".join(written(cell) for cell in found))
    return words.get(typed, words.get(_ANYTHING_ELSE, typed))


def _is_wanted(row: SheetRow, mapping: Mapping) -> bool:
    return all(normalise(written(row.cells[column])) == value for column, value in mapping.wanted.items())


def _formats(table: Table[str, Any]) -> Formats:
    _refuse_unknown(table, _FORMAT_KEYS)
    scale, point = table.get("money_scale", 1), table.get("decimal_point")
    if type(scale) is not int or not 1 <= scale <= 1_000_000:
        raise mapping_invalid("money_scale")
    if point is not None and not isinstance(point, bool):
        raise mapping_invalid("decimal_point")
    return formats_for(scale, _columns("date", table.get("date", [])), _columns("time", table.get("time", [])), point)


def _table(document: Table[str, Any], name: str) -> dict[str, Any]:
    found = document.get(name, {})
    if not isinstance(found, dict):
        raise mapping_invalid(f"[{name}]")
    return found


def _columns(name: str, named: object) -> tuple[str, ...]:
    """One text or a list of texts."""
    several = named if isinstance(named, list) else [named]
    if not all(isinstance(column, str) for column in several):
        raise mapping_invalid(name)
    return tuple(several)


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str | int):
        raise mapping_invalid(name)
    return str(value)


def _words(name: str, words: object) -> dict[str, str]:
    if not isinstance(words, dict):
        raise mapping_invalid(f"[values.{name}]")
    return {normalise(word): _text(name, value) for word, value in words.items()}


def _refuse_unknown(named: Table[str, Any], known: set[str]) -> None:
    for name in named:
        if name not in known:
            raise mapping_invalid(f"«{name}»؟ ({', '.join(sorted(known))})")
