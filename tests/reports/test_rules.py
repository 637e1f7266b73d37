"""Reports as facts."""

from datetime import date

from salon.reports.rules import StaffReport, StaffRow, usual_periods


def test_a_report_sums_its_rows() -> None:
    report = StaffReport([StaffRow("سارا", 3, 900_000), StaffRow("", -1, -50_000)])
    assert (report.quantity, report.amount) == (2, 850_000)


def test_a_report_without_rows_is_nothing() -> None:
    assert (StaffReport([]).quantity, StaffReport([]).amount) == (0, 0)


def test_the_usual_periods_end_on_their_last_day() -> None:
    periods = [period for _label, period in usual_periods(date(2026, 11, 21))]
    assert periods == [
        (date(2026, 11, 21), date(2026, 11, 21)),
        (date(2026, 11, 21), date(2026, 11, 27)),
        (date(2026, 10, 23), date(2026, 11, 21)),
        (date(2026, 9, 23), date(2026, 10, 22)),
        (date(2026, 3, 21), date(2027, 3, 20)),
    ]
