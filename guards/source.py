"""The guards that stand in the code: those that are named, and those that are found by what they look like."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .faults import POSTGRESQL, Edit, Fault

PERMISSIONS = ("tests/test_permissions.py",)
DESK_VIEW = "Permission.DESK_VIEW"  # everybody at the desk has it
CUSTOMERS_VIEW = "Permission.CUSTOMERS_VIEW"

LOCKS = ("tests/test_meanwhile.py",)


def found_permissions(house: Path) -> Iterator[Fault]:
    """Each route in turn asks for a permission that somebody without its own may have."""
    for path in sorted((house / "salon").rglob("views.py")):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(house).as_posix()
        for view in ast.walk(ast.parse(text)):
            if isinstance(view, ast.FunctionDef):
                yield from _of_view(view, text, name)


def _of_view(view: ast.FunctionDef, text: str, path: str) -> Iterator[Fault]:
    for decorator in view.decorator_list:
        called = ast.get_source_segment(text, decorator) or ""
        if called.startswith("requires("):
            asked = called.removeprefix("requires(").removesuffix(")")
            below = f"def {view.name}("
            old = text[text.index(f"@{called}\n", _start_of(text, view)) :].partition(below)[0] + below
            weaker = CUSTOMERS_VIEW if asked == DESK_VIEW else DESK_VIEW
            edit = Edit(path, old, old.replace(asked, weaker))
            yield Fault(f"permission of {path}: {view.name} asks for {weaker}, not {asked}", PERMISSIONS, edit)


def _start_of(text: str, view: ast.FunctionDef) -> int:
    """Where the decorators of a function begin."""
    first = view.decorator_list[0].lineno - 1
    return sum(len(line) for line in text.splitlines(keepends=True)[:first])


def found_locks(house: Path) -> Iterator[Fault]:
    """Each FOR UPDATE in turn is left out; on SQLite, where there is none, the transaction itself keeps others out."""
    for path in sorted((house / "salon").rglob("*.py")):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(house).as_posix()
        for statement in ast.parse(text).body:
            whole = ast.get_source_segment(text, statement) or ""
            called = getattr(statement, "name", "") or _assigned(statement)
            for place, lock in enumerate(_locks_of(whole), start=1):
                at = f"{name.removeprefix('salon/').removesuffix('.py')}.{called}" + (
                    f" ({place})" if place > 1 else ""
                )
                edit = Edit(name, whole, lock)
                yield Fault(f"lock of {at}", LOCKS, edit, engine=POSTGRESQL)


def _assigned(statement: ast.stmt) -> str:
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    return str(getattr(targets[0], "id", ""))


def _locks_of(whole: str) -> Iterator[str]:
    """A statement once without each of its locks."""
    for node in ast.walk(ast.parse(whole)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "with_for_update":
            locked, inner = (ast.get_source_segment(whole, part) or "" for part in (node, node.func.value))
            yield whole.replace(locked, inner)
