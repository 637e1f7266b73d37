"""The page about the house names floors, rooms and functions as they are."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
PAGE = (HOUSE / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(salon\.[\w.]+)`", PAGE)))


def floors_drawn() -> list[set[str]]:
    """The rooms of each floor of the picture, from the top down as the arrows go."""
    rooms = {node: set(label.split(" · ")) for node, label in re.findall(r'(f\d+)\["([^"]+)"\]', PAGE)}
    below = dict(re.findall(r"(f\d+)(?:\[[^\]]*\])? --> (f\d+)", PAGE))
    (top,) = rooms.keys() - set(below.values())
    floors = [rooms[top]]
    while top in below:
        top = below[top]
        floors.append(rooms[top])
    return floors


def floors_kept() -> list[set[str]]:
    """The floors of the import contract."""
    contracts = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [{room.strip().removeprefix("salon.") for room in re.split(r"[|:]", layer)} for layer in layers]


def is_there(name: str) -> bool:
    """Whether a dotted name is a module, or a name defined at the top of one."""
    *package, last = name.split(".")
    folder = HOUSE.joinpath(*package)
    if (folder / last).is_dir() or (folder / f"{last}.py").is_file():
        return True
    module = folder.with_suffix(".py") if folder.with_suffix(".py").is_file() else folder / "__init__.py"
    return module.is_file() and last in _defined(ast.parse(module.read_text(encoding="utf-8")))


def _defined(tree: ast.Module) -> set[str]:
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assigned = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return names | {target.id for target in assigned if isinstance(target, ast.Name)}


def test_the_picture_has_the_floors_of_the_contract() -> None:
    assert floors_drawn() == floors_kept()


def test_every_room_is_told_of() -> None:
    rooms = {path.name for path in (HOUSE / "salon").iterdir() if (path / "__init__.py").is_file()}
    table = PAGE.partition("| room |")[2].partition("\n\n")[0]
    assert rooms <= set(re.findall(r"`(\w+)`", table))


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_there(name: str) -> None:
    assert is_there(name)


def test_what_is_not_there_is_noticed() -> None:
    assert len(NAMED) > 25
    assert not is_there("salon.invoices.services.settle_everything")
    assert not is_there("salon.cellar.services.book")
