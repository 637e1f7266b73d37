"""The figures of files and functions are counted as people would, and their bounds hold."""

from pathlib import Path

import pytest

from scripts import figures


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of three functions, one inside another, and nothing else."""
    monkeypatch.setattr(figures, "HOUSE", tmp_path)
    path = tmp_path / "three.py"
    path.write_text(
        "def one():\n    pass\n\ndef two():\n    def inner():\n        pass\n    return inner\n", encoding="utf-8"
    )
    return path


def test_functions_are_measured_from_their_signature_to_their_end(module: Path) -> None:
    assert sorted(figures.functions_in(module)) == [(2, "three.py:inner"), (2, "three.py:one"), (4, "three.py:two")]


def test_functions_past_the_aim_are_named_longest_first() -> None:
    told = figures.told_of("salon", [figures.Function(lines, f"a.py:f{lines}") for lines in (3, 26, 25, 40)])
    assert told == ["salon: 4 functions of 25.5 lines at the median, 2 over 25", "  40 a.py:f40", "  26 a.py:f26"]


@pytest.mark.parametrize(
    ("lines", "functions", "passed"),
    [({"a.py": 400}, [8, 8], 0), ({"a.py": 401}, [8, 8], 1), ({"a.py": 1}, [8, 9, 9], 1), ({"b.md": 500}, [9], 2)],
)
def test_a_long_file_and_a_high_median_are_amiss(lines: dict[str, int], functions: list[int], passed: int) -> None:
    assert len(figures.amiss(lines, [figures.Function(count, "a.py:f") for count in functions])) == passed


def test_the_house_keeps_its_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    assert figures.main() == 0
    assert "salon and hardware:" in capsys.readouterr().out
