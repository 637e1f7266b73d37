"""Reports as facts."""

from datetime import date

from flask_babel import lazy_gettext as _l

from salon.reports.rules import Column, Kind, Report, Row, usual_periods

COLUMNS = (
    Column("staff", _l("پرسنل")),
    Column("quantity", _l("تعداد"), Kind.COUNT),
    Column("amount", _l("مبلغ"), Kind.MONEY),
)


def test_a_report_sums_its_rows() -> None:
    report = Report(COLUMNS, [Row(("سارا", 3, 900_000)), Row(("", -1, -50_000))], "amount")
    assert (report.sum_of("quantity"), report.total) == (2, 850_000)
    assert report.as_rows()[0] == {"staff": "سارا", "quantity": 3, "amount": 900_000}


def test_a_report_without_rows_is_nothing() -> None:
    assert Report(COLUMNS, [], "amount").total == 0


def test_texts_and_what_is_of_several_units_have_no_sum() -> None:
    number = Column("customer_id", _l("شماره"), Kind.COUNT, summed=False)
    assert [column.has_sum for column in (*COLUMNS, number)] == [False, True, True, False]


def test_the_usual_periods_end_on_their_last_day() -> None:
    periods = [period for _label, period in usual_periods(date(2026, 11, 21))]
    assert periods == [
        (date(2026, 11, 21), date(2026, 11, 21)),
        (date(2026, 11, 21), date(2026, 11, 27)),
        (date(2026, 10, 23), date(2026, 11, 21)),
        (date(2026, 9, 23), date(2026, 10, 22)),
        (date(2026, 3, 21), date(2027, 3, 20)),
    ]
