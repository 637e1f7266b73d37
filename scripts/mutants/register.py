"""The register of tests/mutants.toml: which tests try which module, and why a survivor is no fault."""

import tomllib
from collections import Counter
from collections.abc import Iterable
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
    """A module with the tests that try its mutants and what is known of those that live."""

    module: str
    tests: tuple[str, ...]
    explained: tuple[Explanation, ...]


@dataclass(frozen=True)
class Verdict:
    """What came of a module: survivors that nobody explained, and explanations that nothing needs."""

    survived: int
    open: tuple[Mutant, ...]
    stale: tuple[Explanation, ...]


def read_register(path: Path) -> list[Entry]:
    """The register in its order. Raises TypeError for a key that no explanation has, KeyError for missing tests."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        Entry(module, tuple(told["tests"]), tuple(Explanation(**row) for row in told.get("explained", ())))
        for module, told in document.items()
    ]


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
