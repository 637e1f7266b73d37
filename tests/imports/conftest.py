"""Files of a made-up salon, brought in as the command does it."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from salon.imports.commands import run_import
from salon.imports.mapping.rules import parse_mapping
from salon.imports.rules import Did, Report
from salon.imports.services import KINDS
from salon.imports.sheets.queries import read_sheet
from tests.factories import SmallSalon

BringIn = Callable[..., Report]


@pytest.fixture
def bring_in(salon: SmallSalon, tmp_path: Path, now: datetime) -> BringIn:
    """Bring text in as a CSV file of a kind, by a mapping."""

    def run(kind: str, text: str, mapping: str = "", **more: Any) -> Report:
        file = tmp_path / f"file-{threading.get_ident()}.csv"
        file.write_text(text, encoding="utf-8")
        return run_import(
            kind=KINDS[kind], sheet=read_sheet(file), mapping=parse_mapping(mapping), **{"now": now} | more
        )

    return run


def counts(report: Report) -> tuple[int, int, int]:
    """Rows added, changed and left as they were."""
    return tuple(report.outcomes[outcome] for outcome in (Did.ADDED, Did.CHANGED, Did.UNCHANGED))


def refusals(report: Report) -> list[tuple[int, str]]:
    """Lines that were refused, with the code."""
    return [(finding.line, finding.code) for finding in report.refused]


def warnings(report: Report) -> list[tuple[int, str]]:
    """Lines to look at, with the code."""
    return [(finding.line, finding.code) for finding in report.warnings]
