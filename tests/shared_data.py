"""The one way for a test to read ../shared/data, which stands beside the project and is no part of it."""

from pathlib import Path

import pytest

from tests.no_skips import in_ci

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
MISSING = "no ../shared/data beside the project"


def shared_data(*parts: str) -> Path:
    """Path of a file or folder in it; where it is missing the test is skipped by name, and in CI it fails."""
    if not FOLDER.is_dir():
        if in_ci():
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)
    return FOLDER.joinpath(*parts)
