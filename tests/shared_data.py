"""The one sanctioned way to read the reference files beside the project."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def shared_data(*parts: str) -> Path:
    """Path of a reference file; skips the test where the folder is missing, fails there when CI=true."""
    if not FOLDER.is_dir():
        reason = "the reference files of ../shared/data are not on this machine"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return FOLDER.joinpath(*parts)
