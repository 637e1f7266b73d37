"""The register of tests/mutants.toml: which tests try which module, and why a survivor is no fault."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .mutations import Mutant


@dataclass(frozen=True)
class Explanation:
    """Why no test can notice a mutant. It knows the mutant by its lines, not by where they stand."""

    function: str
    was: str
    becomes: str
    why: str


@dataclass(frozen=True)
class Entry:
    """A module with the tests that try its mutants and what is known of those that live, or why it is left out."""

    module: str
    tests: tuple[str, ...] = ()
    explained: tuple[Explanation, ...] = ()
    left_out: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came of a module: survivors that nobody explained, and explanations that nothing needs."""

    survived: int
    open: tuple[Mutant, ...]
    stale: tuple[Explanation, ...]


def read_register(path: Path) -> list[Entry]:
    """The register in its order. Raises TypeError for an unknown key, ValueError for neither tests nor a reason."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_entry(module, **told) for module, told in document.items()]


def _entry(
    module: str, tests: Iterable[str] = (), explained: Iterable[Mapping[str, str]] = (), left_out: str = ""
) -> Entry:
    entry = Entry(module, tuple(tests), tuple(Explanation(**row) for row in explained), left_out)
    if bool(entry.tests) == bool(left_out) or (left_out and entry.explained):
        raise ValueError(f"{module}: either tests or why it is left out")
    return entry


def judge(entry: Entry, survivors: Iterable[Mutant]) -> Verdict:
    """Lay the survivors beside the explanations; one explanation covers one survivor."""
    left = Counter((row.function, row.was, row.becomes) for row in entry.explained)
    found, unexplained = 0, []
    for mutant in survivors:
        found += 1
        if left[mutant.key] > 0:
            left[mutant.key] -= 1
        else:
            unexplained.append(mutant)
    stale = [row for row in entry.explained if left[row.function, row.was, row.becomes] > 0]
    return Verdict(found, tuple(unexplained), tuple(stale))
