"""Reports as facts: columns, rows and their sums. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from ..core.jalali import month_range, week_range, year_range
from ..core.money import rate_of

_DAY = timedelta(days=1)
Period = tuple[date, date]  # first and last day
Cell = str | int | date | None


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"  # rials
    DAY = "day"
    MONTH = "month"  # by its first day
    PERCENT = "percent"  # basis points


@dataclass(frozen=True)
class Column:
    """A column: its name for programs, its title for people."""

    name: str
    title: LazyString
    kind: Kind = Kind.TEXT
    summed: bool = True  # balances of other units, days and texts are not
    for_people: bool = True  # else only programs read it
    of: tuple[str, tuple[str, ...]] | None = None  # a rate: the columns of its part, and of its whole together

    @property
    def has_sum(self) -> bool:
        """Whether its values can be added up."""
        return self.summed and self.kind in {Kind.COUNT, Kind.MONEY}


def money(name: str, title: LazyString, *, summed: bool = True) -> Column:
    """A column of rials."""
    return Column(name, title, Kind.MONEY, summed)


class Row(NamedTuple):
    """A row, and by what its documents are asked for: the name of a list and what it is to show."""

    cells: tuple[Cell, ...]
    leads_to: str = ""
    by: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True)
class Report:
    """Rows under columns. `main` names the column whose sum is the total: rials, or what that column counts."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    main: str

    def sum_of(self, name: str) -> int:
        """The sum of a column of numbers."""
        place = [column.name for column in self.columns].index(name)
        return sum(int(str(row.cells[place] or 0)) for row in self.rows)

    @property
    def total(self) -> int:
        """The sum that the report is about."""
        return self.sum_of(self.main)

    def below(self, column: Column) -> int | None:
        """What stands below a column: its sum, or the rate of the sums that it is made of."""
        if column.has_sum:
            return self.sum_of(column.name)
        if column.of is None:
            return None
        part, wholes = column.of
        return rate(self.sum_of(part), sum(map(self.sum_of, wholes)))

    def for_people(self) -> "Report":
        """The same without what only programs read."""
        kept = [place for place, column in enumerate(self.columns) if column.for_people]
        rows = [row._replace(cells=tuple(row.cells[place] for place in kept)) for row in self.rows]
        return Report(tuple(self.columns[place] for place in kept), rows, self.main)

    def as_rows(self) -> list[dict[str, Cell]]:
        """The rows as programs read them."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row.cells, strict=True)) for row in self.rows]


def rate(part: int, whole: int) -> int:
    """The part in basis points; none of nothing."""
    return rate_of(part, whole) if whole > 0 else 0


def usual_periods(day: date) -> list[tuple[LazyString, Period]]:
    """What owners mostly ask for, first and last day."""
    month, before = month_range(day), month_range(month_range(day)[0] - _DAY)
    return [
        (_l("امروز"), (day, day)),
        (_l("این هفته"), _inclusive(week_range(day))),
        (_l("این ماه"), _inclusive(month)),
        (_l("ماه پیش"), _inclusive(before)),
        (_l("امسال"), _inclusive(year_range(day))),
    ]


def whole_year(day: date) -> Period:
    """The Jalali year of a day, first and last day."""
    return _inclusive(year_range(day))


def _inclusive(period: Period) -> Period:
    return period[0], period[1] - _DAY
