"""What could be wrong in a module: the same module with one small fault each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

import libcst
from mutmut.mutation.mutators import mutation_operators

# Words are watched by the catalogue, which misses a text that was changed; ValueError's are for whoever programs.
_TELLS = {"_", "_l", "gettext", "lazy_gettext", "ValueError"}
_ZIPS = {"zip"}  # that they are equally long is a guard which no input can set off
# What stands for the type checker only, and does nothing at run time.
_TYPE_MAKERS = {"TypeVar", "Literal", "Mapping", "Sequence", "dict", "list", "set", "tuple"}
# A longer list of literals is a table of facts or names; a test could only repeat it.
_LONGEST_LIST = 13


@dataclass(frozen=True)
class Mutant:
    """A module with one fault. `was` and `becomes` are the lines that differ, as one; `line` is where they stand.

    `in_body`: the fault is within the body of the function, so nothing of the module has to be loaded anew for it.
    """

    module: str
    function: str
    in_body: bool
    line: int
    was: str
    becomes: str
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What an explanation knows it by, wherever its line has moved."""
        return self.function, self.was, self.becomes


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines, none twice at the same place."""
    whole = libcst.parse_module(source)
    texts = [whole.code_for_node(statement) for statement in whole.body]
    head, found = source.removesuffix("".join(texts)), dict[str, Mutant]()
    for place, statement in enumerate(whole.body):
        places = _Places()
        statement.visit(places)
        for at, node, fault in places.faults:
            mutated = whole.code_for_node(_replaced(statement, node, fault))
            code = head + "".join([*texts[:place], mutated, *texts[place + 1 :]])
            if code != source and _compiles(code):
                found.setdefault(code, _mutant(module, at, source, code))
    return list(found.values())


def _replaced(statement: libcst.CSTNode, node: libcst.CSTNode, fault: libcst.CSTNode) -> libcst.CSTNode:
    mutated = statement.deep_replace(node, fault)
    assert isinstance(mutated, libcst.CSTNode), "a statement is never taken away whole"
    return mutated


def _mutant(module: str, at: tuple[str, bool], source: str, code: str) -> Mutant:
    before, after = source.splitlines(), code.splitlines()
    changes = [change for change in SequenceMatcher(None, before, after, False).get_opcodes() if change[0] != "equal"]
    was = [line for _, start, end, _, _ in changes for line in before[start:end]]
    becomes = [line for _, _, _, start, end in changes for line in after[start:end]]
    return Mutant(module, *at, changes[0][1] + 1, _one_line(was), _one_line(becomes), code)


def _one_line(lines: Iterable[str]) -> str:
    return " ".join(line.strip() for line in lines if line.strip())


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


class _Places(libcst.CSTVisitor):
    """Collects nodes with what could stand in their place, and the function they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[tuple[str, bool], libcst.CSTNode, libcst.CSTNode]] = []
        self._within: list[str] = []
        self._bodies: list[libcst.CSTNode] = []

    def on_visit(self, node: libcst.CSTNode) -> bool:
        """Collect the faults of a node; tells whether to look inside it."""
        if isinstance(node, libcst.FunctionDef | libcst.ClassDef):
            self._within.append(node.name.value)
        if _is_left_alone(node):
            return False
        if isinstance(node, libcst.Call) and _called(node) in _TELLS | _ZIPS:
            for argument in _result_of(node):
                argument.visit(self)
            return False
        at = ".".join(self._within), bool(self._bodies)
        self.faults.extend((at, node, fault) for fault in _faults_of(node) if _keeps_words(node, fault))
        return True

    def on_leave(self, node: libcst.CSTNode) -> None:
        """Step out of a function or a class."""
        if isinstance(node, libcst.FunctionDef | libcst.ClassDef):
            self._within.pop()

    def visit_FunctionDef_body(self, node: libcst.FunctionDef) -> None:
        """Step into what runs when the function is called."""
        self._bodies.append(node)

    def leave_FunctionDef_body(self, node: libcst.FunctionDef) -> None:
        """Step out of it."""
        self._bodies.pop()


def _faults_of(node: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
    for kind, faults in [*mutation_operators, *_OURS]:
        if isinstance(node, kind):
            yield from faults(node)


def _keeps_words(node: libcst.CSTNode, fault: libcst.CSTNode) -> bool:
    """Whether a fault leaves what is said in its place."""
    if not isinstance(node, libcst.Call) or not isinstance(fault, libcst.Call):
        return True
    return all(any(told is kept for kept in fault.args) for told in node.args if _called(told.value) in _TELLS)


def _without_call(node: libcst.Expr) -> Iterator[libcst.CSTNode]:
    """A statement that only calls something, left out."""
    if isinstance(node.value, libcst.Call):
        yield libcst.Pass()


def _without_raise(node: libcst.Raise) -> Iterator[libcst.CSTNode]:
    """A refusal left out."""
    yield libcst.Pass()


_OURS = ((libcst.Expr, _without_call), (libcst.Raise, _without_raise))


def _is_left_alone(node: libcst.CSTNode) -> bool:
    if isinstance(node, libcst.Annotation | libcst.Decorator | libcst.Import | libcst.ImportFrom):
        return True
    if isinstance(node, libcst.Assign):
        return _called(node.value) in _TYPE_MAKERS
    return _is_table(node)


def _called(node: libcst.CSTNode) -> str:
    """The name that is called or subscripted, if it is a plain one."""
    inner = node.func if isinstance(node, libcst.Call) else node.value if isinstance(node, libcst.Subscript) else node
    return inner.value if inner is not node and isinstance(inner, libcst.Name) else ""


def _result_of(call: libcst.Call) -> Sequence[libcst.Arg]:
    """The arguments on which the result of such a call rests."""
    if _called(call) in _TELLS:
        return call.args[1:]
    return [argument for argument in call.args if argument.keyword is None]


def _is_table(node: libcst.CSTNode) -> bool:
    rows: Sequence[object] = ()
    if isinstance(node, libcst.Tuple | libcst.List | libcst.Set | libcst.Dict):
        rows = node.elements
    return next(islice(rows, _LONGEST_LIST, None), None) is not None
