"""Puts a mutant in the place of its module: into what is loaded already, or as it is loaded."""

import ast
import importlib
import importlib.abc
import importlib.util
import pickle
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from .mutations import Mutant

ROOT = Path(__file__).resolve().parents[2]
HOUSE = {"salon", "hardware", "tests", "scripts", "bench", "guards", "conftest", "__main__"}


class Unswappable(Exception):
    """What is loaded cannot be changed in place: a class, a wrapped function, one that uses other names around it."""


class MutantLoader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant where the module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._path = ROOT / mutant.module

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Where the module is; nothing for all others."""
        if name != import_name(self._mutant.module):
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Load the mutant's source."""
        exec(compile(self._mutant.source, self._path, "exec"), vars(module))


def import_name(module: str) -> str:
    """The name by which a module is imported."""
    return module.removesuffix(".py").replace("/", ".")


def swap(mutant: Mutant) -> None:
    """Give the function in its loaded module the mutant's code. Raises Unswappable."""
    codes = {code.co_qualname: code for code in _codes(compile(mutant.source, mutant.module, "exec"))}
    parts = mutant.function.split(".")
    paths = [parts[: length + 1] for length in range(len(parts))]
    path = next(path for path in paths if codes[".".join(path)].co_flags & CO_OPTIMIZED)
    function = _function_at(sys.modules[import_name(mutant.module)], path)
    try:
        function.__code__ = codes[".".join(path)]
    except ValueError as error:
        raise Unswappable from error


def rebind(mutant: Mutant) -> None:
    """Give a constant of its loaded module the mutant's value, and so all that is made of it. Raises Unswappable."""
    before = ast.parse((ROOT / mutant.module).read_text(encoding="utf-8")).body
    after = ast.parse(mutant.source).body
    place = next(place for place, old in enumerate(before) if ast.dump(old) != ast.dump(after[place]))
    if not isinstance(after[place], ast.Assign | ast.AnnAssign):
        raise Unswappable
    given: list[ast.stmt] = [one for one in after[place:] if isinstance(one, ast.Assign | ast.AnnAssign)]
    names = vars(sys.modules[import_name(mutant.module)])
    known = dict(names)
    exec(compile(ast.Module(given, []), mutant.module, "exec"), names)
    changed = {name: (old, names[name]) for name, old in known.items() if names[name] is not old}
    for loaded, module in list(sys.modules.items()):
        for name in changed.keys() & vars(module).keys() if loaded.partition(".")[0] in HOUSE else ():
            if vars(module)[name] is changed[name][0]:
                setattr(module, name, changed[name][1])


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _function_at(module: ModuleType, path: list[str]) -> FunctionType:
    found: object = module
    for name in path:
        found = vars(found)[name]
    bare = found.fget if isinstance(found, property) else getattr(found, "__func__", found)
    if not isinstance(bare, FunctionType) or bare.__code__.co_qualname != ".".join(path):
        raise Unswappable
    return bare


def prepare_tests(folder: Path) -> None:
    """Let tests copy databases that the first of them made without a fault, and do without data that few have."""
    importlib.import_module("tests.shared_data").FOLDER = folder / "none"
    conftest = importlib.import_module("tests.conftest")
    make_templates = conftest.make_templates

    def prepared(*_: object) -> object:
        kept = folder / "templates"
        if not kept.exists():
            addresses = [f"sqlite:///{folder / name}.db" for name in ("empty", "salon")]
            kept.write_bytes(pickle.dumps(make_templates(*addresses, folder)))
        return pickle.loads(kept.read_bytes())

    conftest.make_templates = prepared
