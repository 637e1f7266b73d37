"""In CI nothing is left out, and what reads ../shared says so where the folder is missing."""

from pathlib import Path

import pytest

from tests import shared_data as reference

LEFT_OUT = {
    "a skipped test": "import pytest\ndef test_it(): pytest.skip('no printer here')",
    "a skip mark": "import pytest\n@pytest.mark.skip(reason='no printer here')\ndef test_it(): pass",
    "an expected failure": "import pytest\n@pytest.mark.xfail(reason='no printer here')\ndef test_it(): assert 0",
    "a skipped module": "import pytest\npytest.skip('no printer here', allow_module_level=True)",
    "a skipping fixture": (
        "import pytest\n@pytest.fixture\ndef printer(): pytest.skip('no printer here')\ndef test_it(printer): pass"
    ),
}


@pytest.mark.parametrize("source", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_fails_in_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, source: str):
    monkeypatch.setenv("CI", "true")
    pytester.makepyfile(source)
    result = pytester.runpytest_inprocess("-p", "tests.no_skips")
    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*nothing may be skipped in CI*no printer here*"])


@pytest.mark.parametrize("source", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_elsewhere_a_skip_stays_a_skip(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, source: str):
    monkeypatch.delenv("CI", raising=False)
    pytester.makepyfile(source)
    outcomes = pytester.runpytest_inprocess("-p", "tests.no_skips").parseoutcomes()
    assert "failed" not in outcomes
    assert outcomes.get("skipped", 0) + outcomes.get("xfailed", 0) == 1


def test_a_test_that_passes_is_left_alone_in_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CI", "true")
    pytester.makepyfile("def test_it(): pass")
    pytester.runpytest_inprocess("-p", "tests.no_skips").assert_outcomes(passed=1)


@pytest.fixture
def folder_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "FOLDER", tmp_path / "shared")


@pytest.mark.usefixtures("folder_missing")
def test_the_missing_shared_folder_skips_by_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"no \.\./shared/data beside the project"):
        reference.shared_data("iran")


@pytest.mark.usefixtures("folder_missing")
def test_the_missing_shared_folder_fails_in_ci(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"no \.\./shared/data beside the project"):
        reference.shared_data("iran")


def test_the_shared_folder_is_the_one_beside_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
):
    assert pytestconfig.rootpath.parent / "shared" / "data" == reference.FOLDER
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    assert reference.shared_data("iran", "phones.json") == tmp_path / "iran" / "phones.json"
