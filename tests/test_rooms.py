"""Rules of the rooms: what stands in which file, and who may name it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import HOUSE

SALON = HOUSE / "salon"


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts)


def room_of(module: str) -> str:
    """The room a module stands in; the modules above the rooms stand in none."""
    _salon, _dot, within = module.partition(".")
    room, dot, _rest = within.partition(".")
    return room if dot else ""


def parsed(path: Path) -> ast.Module:
    """What a module says."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_of(*names: str) -> list[Path]:
    """The modules of these file names in every room."""
    return sorted(path for name in names for path in SALON.rglob(f"{name}.py"))


def house_imports(tree: ast.AST, module: str) -> Iterator[str]:
    """The modules of the house that a module imports, by their whole names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("salon."))
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            if base.startswith("salon"):
                yield from (f"{base}.{alias.name}" for alias in node.names)


def foreign_screens(tree: ast.AST, module: str) -> set[str]:
    """Views and forms of other rooms that a module names; the field types of core are everybody's."""
    screens = {
        name
        for name in house_imports(tree, module)
        if {"views", "forms"} & set(name.split(".")[2:]) and not name.startswith("salon.core.")
    }
    return {name for name in screens if room_of(name) != room_of(module)} if room_of(module) else set()


@pytest.mark.parametrize("path", sorted(SALON.rglob("*.py")), ids=name_of)
def test_no_room_names_the_screens_of_another(path: Path) -> None:
    assert foreign_screens(parsed(path), name_of(path)) == set()


def test_screens_of_another_room_are_recognised() -> None:
    tree = ast.parse("from ..desk.views import blueprint\nfrom ..core.forms import saved\nfrom .forms import OwnForm")
    assert foreign_screens(tree, "salon.catalog.services") == {"salon.desk.views.blueprint"}
    assert foreign_screens(ast.parse("import salon.desk.forms"), "salon.catalog.views") == {"salon.desk.forms"}
    assert foreign_screens(ast.parse("from ...desk import views"), "salon.invoices.till.views") == {"salon.desk.views"}
    assert foreign_screens(tree, "salon.app") == set(), "the application joins the rooms"


# Rooms whose services still read, or refuse in words of their own; each goes from here when it is mended.
STILL_READING = {"appointments", "club.wallet", "demo", "imports", "invoices", "ledger"}
STILL_REFUSING = {"club.wallet"}
REFUSALS = {"DomainError", "Forbidden", "Invalid", "NotFound", "Unauthenticated"}


def stands_in(module: str, rooms: set[str]) -> bool:
    """Whether a module stands in one of these rooms."""
    return any(module.startswith(f"salon.{room}.") for room in rooms)


def calls_of(tree: ast.AST, names: set[str]) -> list[int]:
    """The lines on which one of these functions is called."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


@pytest.mark.parametrize("path", modules_of("services", "jobs", "views", "rules", "forms"), ids=name_of)
def test_only_queries_read(path: Path) -> None:
    found = calls_of(parsed(path), {"select"})
    assert not found or stands_in(name_of(path), STILL_READING)


@pytest.mark.parametrize("path", sorted(set(SALON.rglob("*.py")) - set(SALON.rglob("errors.py"))), ids=name_of)
def test_a_refusal_is_worded_among_its_room_s_errors(path: Path) -> None:
    found = calls_of(parsed(path), REFUSALS)
    assert not found or stands_in(name_of(path), STILL_REFUSING)


@pytest.mark.parametrize("path", modules_of("views"), ids=name_of)
def test_views_take_the_moment_of_the_request(path: Path) -> None:
    assert "salon.core.clock" not in set(house_imports(parsed(path), name_of(path)))


def test_calls_are_recognised() -> None:
    tree = ast.parse("rows = select(Offer)\nraise Invalid('x', 'y')\nform.select(1)")
    assert (calls_of(tree, {"select"}), calls_of(tree, REFUSALS)) == ([1], [2])


# Verbs without an actor; docs/decisions/who-acts.md says why.
ACTS_FOR_ITS_CALLER = {
    "salon.cashbox.deposits.services": {"lay_down", "write_deposit", "use_deposits"},
    "salon.cashbox.services": {"placed", "open_main_box"},
    "salon.access.services": {"check_password", "hash_of"},
    "salon.messaging.services": {
        "enqueue",
        "cancel",
        "restore",
        "claim_due",
        "record_sent",
        "record_retry",
        "record_refused",
        "release",
        "raise_alarm",
        "clear_alarm",
    },
    "salon.inventory.services": {"sell_lines", "return_lines"},
    "salon.payroll.files.services": {"as_xlsx", "as_pdf"},
    "salon.reports.files.services": {"as_csv", "as_csv_for_people", "as_xlsx", "as_pdf"},
    "salon.setup.numbers.services": {"next_number", "skip_numbers", "give_code"},
    "salon.setup.services": {"ensure_fiscal_year"},
}
# Rooms whose verbs do not all say yet who acts; each goes from here when it is mended.
STILL_NAMELESS = {"appointments", "club.wallet", "demo", "imports", "invoices", "ledger"}


def nameless(tree: ast.Module) -> set[str]:
    """Public functions that do not take `*, …, actor, now` and nothing by place."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (
            node.args.args
            or node.args.posonlyargs
            or [argument.arg for argument in node.args.kwonlyargs][-2:] != ["actor", "now"]
        )
    }


@pytest.mark.parametrize("path", modules_of("services"), ids=name_of)
def test_a_verb_says_who_acts_and_when(path: Path) -> None:
    found, module = nameless(parsed(path)), name_of(path)
    assert found == ACTS_FOR_ITS_CALLER.get(module, set()) or stands_in(module, STILL_NAMELESS)


def test_verbs_without_an_actor_are_recognised() -> None:
    tree = ast.parse(
        "def good(*, a, actor, now): ...\ndef placed(a, *, actor, now): ...\n"
        "def nobody(*, now): ...\ndef by_id(*, actor_id, now): ...\ndef _own(a): ..."
    )
    assert nameless(tree) == {"placed", "nobody", "by_id"}


NAMES = {"__init__", "models", "rules", "services", "queries", "forms", "views", "jobs", "errors"}
# Names besides those; docs/decisions/names-of-files.md says why.
OTHER_NAMES = {
    "salon.api": {"calls", "problems", "schemas"},
    "salon.demo": {"commands"},
    "salon.imports": {"commands"},
    "salon.messaging.gateways": {"console", "contract", "kavenegar"},
    "salon.reports": {"commands"},
}


def odd_names(modules: Iterator[str]) -> set[str]:
    """Modules whose name neither every room has nor their own room was given; core is a shelf, not a room."""
    return {
        module
        for module in modules
        if room_of(module) not in {"", "core"}
        and (last := module.rpartition(".")[2]) not in NAMES
        and not any(last in names for room, names in OTHER_NAMES.items() if module.startswith(f"{room}."))
    }


def test_a_room_has_the_files_that_every_room_has() -> None:
    assert odd_names(name_of(path) for path in SALON.rglob("*.py")) == set()


def test_odd_names_are_recognised() -> None:
    modules = ["salon.app", "salon.core.text", "salon.club.views", "salon.api.club.schemas", "salon.club.utils"]
    assert odd_names(iter([*modules, "salon.club.commands"])) == {"salon.club.utils", "salon.club.commands"}
