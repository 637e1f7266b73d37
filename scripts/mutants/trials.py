"""Tries mutants by the tests of their module, each in a process of its own.

A fault in a function or a constant is put into a process that has loaded the house and collected the tests already. Any
other needs the module loaded anew, in a process that has loaded the libraries only.
"""

import gc
import importlib
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

import hypothesis
import pytest

from .mutations import Mutant
from .swaps import HOUSE, ROOT, MutantLoader, Unswappable, import_name, prepare_tests, rebind, swap

_PROFILE = "mutants"
# Both engines keep the same promises; a mutant is met on the quicker one.
_ARGUMENTS = (
    *("-x", "-q", "-s", "-k", "not postgresql", f"--hypothesis-profile={_PROFILE}"),
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-o", "tmp_path_retention_policy=none"),
)
_MEMORY = 4 << 30  # bytes, for a mutant that never stops to collect
_PATIENCE = 20  # seconds, and five times what the tests take
_LIVED, _KILLED, _AMISS, _ANEW = range(4)


class Unfit(Exception):
    """The tests cannot judge the mutants: they fail, or never load the module."""


def load_libraries() -> None:
    """Load once what every trial needs and no mutant changes."""
    ask = "import sys, salon.cli; print(*sys.modules)"
    names = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in sorted(names.split()):
        if name.partition(".")[0] not in HOUSE:
            with suppress(ImportError):
                importlib.import_module(name)
    quick = [phase for phase in hypothesis.Phase if phase not in {hypothesis.Phase.shrink, hypothesis.Phase.explain}]
    hypothesis.settings.register_profile(
        _PROFILE, database=None, derandomize=True, deadline=None, max_examples=30, phases=quick
    )


def survivors_of(mutants: Sequence[Mutant], tests: Sequence[str], folder: Path, jobs: int) -> list[Mutant]:
    """The mutants of one module that no test notices. Raises Unfit where the tests fail without any fault."""
    hearing = _Hearing(mutants, jobs)
    begun = monotonic()
    report, verdicts = folder / "report", folder / "verdicts"
    pid = _forked(lambda: _hear(hearing, tests, folder, verdicts), report)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != _LIVED:
        raise Unfit(report.read_text(encoding="utf-8"))
    limit = _PATIENCE + int(5 * (monotonic() - begun))
    anew = [mutant for mutant, verdict in zip(mutants, verdicts.read_bytes(), strict=True) if verdict == _ANEW]
    again = dict(_in_turn(anew, lambda mutant: _load_and_test(mutant, tests, folder, limit), jobs))
    return [
        mutant
        for mutant, verdict in zip(mutants, verdicts.read_bytes(), strict=True)
        if again.get(mutant, verdict) == _LIVED
    ]


class _Hearing:
    """Part of a pytest session: runs what was collected on the module as it is, then on each mutant."""

    def __init__(self, mutants: Sequence[Mutant], jobs: int) -> None:
        self.verdicts: list[int] = []
        self._mutants = mutants
        self._jobs = jobs

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Take the place of pytest's own loop."""
        if session.testsfailed:
            return None
        gc.freeze()
        times = _run_tests(session)
        if not session.testsfailed:
            session.items.sort(key=lambda item: times[item.nodeid])
            limit = _PATIENCE + int(5 * sum(times.values()))
            found = dict(_in_turn(self._mutants, lambda mutant: _swap_and_test(mutant, session, limit), self._jobs))
            self.verdicts = [found[mutant] for mutant in self._mutants]
        return True


def _hear(hearing: _Hearing, tests: Sequence[str], folder: Path, verdicts: Path) -> int:
    prepare_tests(folder)
    failed = pytest.main([*_ARGUMENTS, f"--basetemp={folder / 'hearing'}", *tests], plugins=[hearing])
    verdicts.write_bytes(bytes(hearing.verdicts))
    return _AMISS if failed else _LIVED


def _run_tests(session: pytest.Session) -> dict[str, float]:
    """Run what was collected up to the first failure; gives how long each took.

    What the whole session shares is left as it stands, for the next run.
    """
    items, times = session.items, {}
    for item, following in zip(items, [*items[1:], items[0] if len(items) > 1 else None], strict=True):
        begun = monotonic()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        times[item.nodeid] = monotonic() - begun
        if session.testsfailed:
            break
    return times


def _swap_and_test(mutant: Mutant, session: pytest.Session, limit: int) -> int:
    _confine(limit)
    try:
        swap(mutant) if mutant.in_body else rebind(mutant)
    except Unswappable:
        return _ANEW
    _run_tests(session)
    if session.testsfailed:
        return _KILLED
    return _LIVED if mutant.in_body else _ANEW  # what was made of the old value may have outlived it


def _load_and_test(mutant: Mutant, tests: Sequence[str], folder: Path, limit: int) -> int:
    _confine(limit)
    sys.meta_path.insert(0, MutantLoader(mutant))
    prepare_tests(folder)
    failed = pytest.main([*_ARGUMENTS, f"--basetemp={folder / str(os.getpid())}", *tests])
    return _KILLED if failed or import_name(mutant.module) not in sys.modules else _LIVED


def _confine(seconds: int) -> None:
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _in_turn(mutants: Iterable[Mutant], attempt: Callable[[Mutant], int], jobs: int) -> Iterator[tuple[Mutant, int]]:
    """Each mutant with the verdict of its attempt; one whose process dies is killed."""
    waiting, running = list(mutants)[::-1], dict[int, Mutant]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            running[_forked(lambda mutant=mutant: attempt(mutant), Path(os.devnull))] = mutant
        pid, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        yield running.pop(pid), code if code in {_LIVED, _ANEW} else _KILLED


def _forked(attempt: Callable[[], int], report: Path) -> int:
    """The process that makes an attempt; its verdict is how it ends, its words are in the report."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    verdict = _AMISS
    try:
        output = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        verdict = attempt()
    finally:
        sys.stdout.flush()
        os._exit(verdict)
