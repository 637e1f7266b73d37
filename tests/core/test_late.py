"""Libraries that are loaded when first used."""

import sys

import pytest

from salon.core.late import Late


def test_a_library_is_loaded_when_something_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    colours = Late("colorsys")
    assert "colorsys" not in sys.modules
    assert colours.rgb_to_hls(0, 0, 0) == (0, 0, 0)
    assert "colorsys" in sys.modules


def test_a_library_that_is_not_there_is_missed_when_it_is_needed() -> None:
    missing = Late("no_such_library")
    with pytest.raises(ModuleNotFoundError):
        _ = missing.anything
