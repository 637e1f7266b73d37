"""Asks whether the tests would notice: tries every mutant of tests/mutants.toml; exits 1 where one lives unexplained.

ONLY names the modules to try, JOBS how many mutants are tried at a time.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from .mutations import Mutant, mutants_of
from .register import Entry, Verdict, judge, read_register
from .swaps import ROOT
from .trials import Unfit, load_libraries, survivors_of

REGISTER = ROOT / "tests" / "mutants.toml"


def main() -> int:
    """Try the wanted modules one after another."""
    register = read_register(REGISTER)
    wanted = os.environ.get("ONLY", "").split() or [entry.module for entry in register]
    unknown = set(wanted) - {entry.module for entry in register}
    if unknown:
        print(f"not in {REGISTER.relative_to(ROOT)}: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    load_libraries()
    with TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True) as folder:
        counts = [_try(entry, Path(folder)) for entry in register if entry.module in wanted and entry.tests]
    for entry in register:
        if entry.module in wanted and entry.left_out:
            print(f"– {entry.module}: left out, {entry.left_out}")
    tried, survived, amiss = (sum(count[place] for count in counts) for place in range(3))
    print(f"{tried} mutants, {tried - survived} killed, {survived} survived, {amiss} to look at")
    return 1 if amiss else 0


def _try(entry: Entry, folder: Path) -> tuple[int, int, int]:
    """Mutants, survivors and what is amiss in a module, told as it is found."""
    begun = monotonic()
    mutants = mutants_of(entry.module, (ROOT / entry.module).read_text(encoding="utf-8"))
    try:
        survivors = survivors_of(mutants, entry.tests, folder, int(os.environ.get("JOBS") or os.cpu_count() or 1))
    except Unfit as reason:
        print(f"✗ {entry.module}: its tests fail without any fault\n{reason}")
        return 0, 0, 1
    verdict = judge(entry, survivors)
    _tell(entry, verdict, len(mutants), monotonic() - begun)
    return len(mutants), verdict.survived, len(verdict.open) + len(verdict.stale)


def _tell(entry: Entry, verdict: Verdict, tried: int, seconds: float) -> None:
    mark = "✗" if verdict.open or verdict.stale else "·"
    killed = tried - verdict.survived
    print(f"{mark} {entry.module}: {tried} mutants, {killed} killed, {verdict.survived} survived, {seconds:.0f} s")
    for mutant in sorted(verdict.open, key=_place):
        print(f"    {mutant.module}:{mutant.line} {mutant.function}\n      - {mutant.was}\n      + {mutant.becomes}")
    for row in verdict.stale:
        print(f"    explained, yet no survivor: {row.function}\n      - {row.was}\n      + {row.becomes}")
    sys.stdout.flush()


def _place(mutant: Mutant) -> int:
    return mutant.line


if __name__ == "__main__":
    sys.exit(main())
