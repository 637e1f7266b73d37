"""How long files and functions are: prints the figures, and fails where the house's bounds are passed."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

HOUSE = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400  # lines; aim at 300
MEDIAN_FUNCTION = 8
AIM = 25  # lines of a function; longer ones are named
PARTS = {
    "salon and hardware": ("salon/", "hardware/"),
    "tests": ("tests/",),
    "scripts, bench and guards": ("scripts/", "bench/", "guards/"),
}
FOLDERS = (
    "salon", "hardware", "templates", "static/js", "static/css", "tests", "scripts", "bench", "guards", "docs", "stubs",
)  # fmt: skip
READ_BY_PEOPLE = {".py", ".html", ".js", ".css", ".md"}


class Function(NamedTuple):
    """A function and its lines, decorators and signature included."""

    lines: int
    where: str


def functions_in(path: Path) -> Iterator[Function]:
    """Every function of a module, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function((node.end_lineno or node.lineno) - node.lineno + 1, f"{path.relative_to(HOUSE)}:{node.name}")


def kept_files() -> list[Path]:
    """What people wrote and people read, in the order of names; migrations aside, which are never edited again."""
    paths = [*HOUSE.glob("*"), *(path for folder in FOLDERS for path in (HOUSE / folder).rglob("*"))]
    return sorted(path for path in paths if path.suffix in READ_BY_PEOPLE and path.is_file())


def told_of(part: str, functions: list[Function]) -> list[str]:
    """The figures of a part, and its functions past the aim."""
    long = sorted((function for function in functions if function.lines > AIM), reverse=True)
    middle = f"{median(function.lines for function in functions):g}" if functions else "no"
    said = f"{part}: {len(functions)} functions of {middle} lines at the median, {len(long)} over {AIM}"
    return [said, *(f"  {function.lines} {function.where}" for function in long)]


def amiss(lines: dict[str, int], functions: list[Function]) -> list[str]:
    """Which bounds are passed: files by their lines, all functions by their median."""
    found = [
        f"✗ {name}: {count} lines, at most {LONGEST_FILE}" for name, count in lines.items() if count > LONGEST_FILE
    ]
    if functions and median(function.lines for function in functions) > MEDIAN_FUNCTION:
        found.append(f"✗ functions: at most {MEDIAN_FUNCTION} lines at the median")
    return found


def main() -> int:
    """Print the figures; 1 when a bound is passed."""
    files = kept_files()
    lines = {str(path.relative_to(HOUSE)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    longest = max(lines, key=lines.__getitem__)
    functions = [function for path in files if path.suffix == ".py" for function in functions_in(path)]
    print(f"{len(lines)} files, {sum(lines.values()):,} lines; the longest is {longest} with {lines[longest]}")
    for part, folders in PARTS.items():
        told = told_of(part, [function for function in functions if function.where.startswith(folders)])
        print("\n".join(told))
    found = amiss(lines, functions)
    print("\n".join(found), file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
