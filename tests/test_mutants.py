"""Small faults put into rules: which there are, which are seen, and which are known to be none."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.mutants.mutations import Mutant, mutants_of
from scripts.mutants.register import Entry, Explanation, judge, read_register

HOUSE = Path(__file__).resolve().parents[1]
REGISTER = read_register(HOUSE / "tests" / "mutants.toml")
MODULE = '''"""A room."""

LIMIT = 5
NAMES = ("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n")


class Room:
    """It."""

    size: int | None = None

    @property
    def full(self) -> bool:
        return self.size > LIMIT


def enter(room, guests=1):
    check(room)
    if room.full:
        raise ValueError("no room")
    return [_("خوش آمدید %(who)s", who=room), *zip(room, room, strict=True)]
'''
ASK = """
import sys
from pathlib import Path
from scripts.mutants.mutations import mutants_of
from scripts.mutants.trials import load_libraries, survivors_of
module = "salon/catalog/rules.py"
mutants = mutants_of(module, Path(module).read_text(encoding="utf-8"))
load_libraries()
print(len(mutants), len(survivors_of(mutants, [sys.argv[1]], Path(sys.argv[2]), 2)))
"""


def faults(function: str) -> set[str]:
    return {mutant.becomes for mutant in mutants_of("room.py", MODULE) if mutant.function == function}


def survivor(line: int) -> Mutant:
    return Mutant("room.py", "enter", True, line, "check(room)", "pass", "")


def test_faults_are_put_into_constants_fields_properties_and_functions() -> None:
    assert faults("") == {"LIMIT = 6", "LIMIT = None", "NAMES = None"}
    assert faults("Room") == {'size: int | None = ""'}
    assert faults("Room.full") == {"return self.size >= LIMIT"}
    assert {"check(None)", "pass", "def enter(room, guests=2):"} <= faults("enter")


def test_words_tables_and_guards_against_programmers_are_left_alone() -> None:
    said = " ".join(mutant.becomes for mutant in mutants_of("room.py", MODULE))
    assert "XX" not in said and "strict=False" not in said and "ValueError(None)" not in said
    assert "who=None" not in said and "%(who)s" not in said.replace("خوش آمدید %(who)s", "")


def test_a_mutant_says_where_its_fault_is() -> None:
    (mutant,) = (mutant for mutant in mutants_of("room.py", MODULE) if mutant.function == "Room.full")
    assert (mutant.line, mutant.was, mutant.in_body) == (14, "return self.size > LIMIT", True)
    assert mutant.source == MODULE.replace("size > LIMIT", "size >= LIMIT")
    assert not any(mutant.in_body for mutant in mutants_of("room.py", MODULE) if mutant.function in {"", "Room"})


def test_an_explanation_covers_one_survivor_wherever_its_line_has_moved() -> None:
    known = Explanation("enter", "check(room)", "pass", "nobody checks")
    entry = Entry("room.py", ("tests/test_room.py",), (known,))
    assert judge(entry, [survivor(99)]).open == ()
    assert judge(entry, [survivor(7), survivor(9)]).open == (survivor(9),)
    assert judge(entry, [replace(survivor(7), becomes="check(None)")]).stale == (known,)


def test_an_explanation_without_a_survivor_is_stale() -> None:
    known = Explanation("enter", "check(room)", "pass", "nobody checks")
    verdict = judge(Entry("room.py", (), (known,)), [])
    assert (verdict.survived, verdict.open, verdict.stale) == (0, (), (known,))


def test_every_rule_of_the_house_is_in_the_register_with_tests_that_exist() -> None:
    rules = {path.relative_to(HOUSE).as_posix() for path in (HOUSE / "salon").rglob("rules.py")}
    assert rules <= {entry.module for entry in REGISTER}
    assert [entry.module for entry in REGISTER if not (HOUSE / entry.module).is_file()] == []
    assert [test for entry in REGISTER for test in entry.tests if not (HOUSE / test).exists()] == []


def test_only_what_tells_stories_is_left_out_and_the_page_has_every_module() -> None:
    left_out = {entry.module for entry in REGISTER if entry.left_out}
    assert all(module.startswith("salon/demo/") for module in left_out)
    page = (HOUSE / "docs" / "mutants.md").read_text(encoding="utf-8")
    assert [entry.module for entry in REGISTER if f"| `{entry.module}` | " not in page] == []
    assert [module for module in left_out if f"| `{module}` | left out |" not in page] == []


@pytest.mark.parametrize("told", ["", 'tests = ["tests"]\nleft_out = "no time"', "tests = []"])
def test_a_module_has_tests_or_a_reason_why_it_is_left_out(tmp_path: Path, told: str) -> None:
    register = tmp_path / "mutants.toml"
    register.write_text(f'["salon/room/rules.py"]\n{told}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="room"):
        read_register(register)


def test_what_is_explained_still_stands_in_its_module() -> None:
    for entry in REGISTER:
        source = " ".join(line.strip() for line in (HOUSE / entry.module).read_text(encoding="utf-8").splitlines())
        assert [row.was for row in entry.explained if row.was not in source] == []


@pytest.mark.parametrize(
    ("test", "lives"),
    [
        ("from salon.catalog.rules import is_duration\n\n\ndef test_nothing():\n    pass\n", True),
        ((HOUSE / "tests" / "catalog" / "test_rules.py").read_text(encoding="utf-8"), False),
    ],
)
def test_a_fault_lives_only_where_no_test_looks(tmp_path: Path, test: str, lives: bool) -> None:
    file = tmp_path / "test_prices.py"
    file.write_text(test, encoding="utf-8")
    asked = [sys.executable, "-c", ASK, str(file), str(tmp_path)]
    answer = subprocess.run(asked, cwd=HOUSE, capture_output=True, text=True, check=True, timeout=600).stdout
    tried, survived = map(int, answer.split())
    assert tried > 3
    assert survived == (tried if lives else 0)
