"""What can be taken away, and which tests ought to notice."""

from dataclasses import dataclass
from pathlib import Path

SQLITE, POSTGRESQL = ENGINES = ("sqlite", "postgresql")


class OutOfDate(Exception):
    """A fault that no longer fits the code, or that names no test that there is."""


@dataclass(frozen=True)
class Edit:
    """A text of a file, which must stand there once, and what it becomes."""

    path: str
    old: str
    new: str

    def made_in(self, house: Path) -> str:
        """The whole text of the broken file. Raises OutOfDate when the text to be changed is not there, or twice."""
        text = (house / self.path).read_text(encoding="utf-8")
        if text.count(self.old) != 1 or self.old == self.new:
            raise OutOfDate(f"{self.path}: stands there {text.count(self.old)} times: {self.old!r}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Fault:
    """One guard taken away: by an edit of the code, or by statements to the database of one engine."""

    name: str
    tests: tuple[str, ...]  # files, or tests of a file
    edit: Edit | None = None
    statements: tuple[str, ...] = ()
    engine: str = SQLITE  # on which the tests run; empty for tests that need no database
    only: str = ""  # what their names hold


def fault(name: str, tests: str, path: str, old: str, new: str = "", engine: str = SQLITE) -> Fault:
    """A text of a file that is taken out, or becomes another. `tests`: files or tests, with spaces between."""
    return Fault(name, tuple(tests.split()), Edit(path, old, new), engine=engine)
