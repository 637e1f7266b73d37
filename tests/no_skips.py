"""Where CI=true nothing may be left out: a test that skips, or is expected to fail, fails."""

import os
from collections.abc import Iterator

import pytest


def in_ci() -> bool:
    """Whether this run must leave nothing out."""
    return os.environ.get("CI", "").lower() == "true"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    return _refuse_skip(report)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    return _refuse_skip(report)


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> pytest.TestReport | pytest.CollectReport:
    if in_ci() and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped in CI: {reason}"
        vars(report).pop("wasxfail", None)
    return report
