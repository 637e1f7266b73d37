"""Reports as facts."""

from salon.reports.rules import StaffReport, StaffRow


def test_a_report_sums_its_rows() -> None:
    report = StaffReport([StaffRow("سارا", 3, 900_000), StaffRow("", -1, -50_000)])
    assert (report.quantity, report.amount) == (2, 850_000)


def test_a_report_without_rows_is_nothing() -> None:
    assert (StaffReport([]).quantity, StaffReport([]).amount) == (0, 0)
