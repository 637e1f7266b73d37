"""`python -m bench`: the daily work's rates beside their floor, with one client and four; the desk's pages; the start."""

import argparse
import contextlib
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

from .closing import INVOICES, Took, closing
from .driving import Call, Rate, availabilities, bookings, lookups, rate, settlements, visits
from .filling import BOOKED_TODAY, fill, fill_last_year
from .pages import Page, pages
from .reports import Asked, printed_slip, reports
from .serving import Served, serving
from .starting import Start, starts

SMALL = 100_000
AIMS = {"settlement": 30, "booking": 31, "availability": 44, "visit": 30, "lookup": 43}  # percent of the floor's rate
AIM_OF_PAGE = 50  # milliseconds
AIM_OF_PDF = 75
AIM_OF_REPORT = 1.2  # times the same SQL by hand
Key = tuple[int, str, str, int]  # lines, server, work, clients
Rates = dict[Key, list[Rate]]


def main() -> None:
    """Fill, measure in turns, print."""
    asked = argparse.ArgumentParser(prog="bench", description=__doc__)
    asked.add_argument("--lines", type=int, default=1_000_000, help="invoice lines of the large salon")
    asked.add_argument("--rounds", type=int, default=11, help="of which the medians are shown")
    asked.add_argument("--seconds", type=float, default=0.5, help="of each measurement")
    options = asked.parse_args()
    sizes = sorted({SMALL, options.lines})
    with tempfile.TemporaryDirectory(prefix="salon-bench-") as folder:
        instances = {lines: Path(folder) / str(lines) for lines in sizes}
        tokens = {}
        for lines, instance in instances.items():
            print(f"· a salon of {lines:,} invoice lines", flush=True)
            tokens[lines] = fill(instance, lines)
        print(f"· {options.rounds} rounds", flush=True)
        with contextlib.ExitStack() as stack:
            servers = {
                (lines, name): stack.enter_context(serving(module, instance, tokens[lines]))
                for lines, instance in instances.items()
                for name, module in (("floor", "bench.floor"), ("salon", "bench.served"))
            }
            rates = _measure(servers, options.rounds, options.seconds)
        _print_rates(rates, sizes)
        _print_processor(rates, sizes[-1])
        _print_pages(pages(instances[sizes[-1]], tokens[sizes[-1]]))
        _print_reports(reports(instances[sizes[-1]]), sizes[-1])
        print(f"\nthe slip as PDF, warm{printed_slip(instances[sizes[-1]]):>19.1f} ms, aim {AIM_OF_PDF}")
        _print_starts(starts(instances[sizes[-1]]))
        last_year = Path(folder) / "last year"
        fill_last_year(last_year, INVOICES)
        _print_closing(closing(last_year))


def _measure(servers: dict[tuple[int, str], Served], rounds: int, seconds: float) -> Rates:
    """The rates of each work, round by round; what is compared is measured one right after the other."""
    calls = {(lines, name): _calls(lines, name) for lines, name in servers}
    found: Rates = defaultdict(list)
    for number in range(rounds + 1):
        for work in AIMS:
            for (lines, name), served in servers.items():
                for clients in (1, 4):
                    measured = rate(served, calls[lines, name][work], clients, seconds)
                    if number:  # the first round warms up
                        found[lines, name, work, clients].append(measured)
    return found


def _share(rates: Rates, of: Key, to: Key) -> float:
    """The median of one rate's share of another in the same round: what else the machine does weighs on both."""
    return median(one.per_second / other.per_second for one, other in zip(rates[of], rates[to], strict=True))


def _share_of_processor(rates: Rates, of: Key, to: Key) -> float:
    """The same share, were there only the server's processor: how much less one call costs than the other."""
    return median(other.processor / one.processor for one, other in zip(rates[of], rates[to], strict=True))


def _calls(lines: int, name: str) -> dict[str, Iterator[Call]]:
    place = 0 if name == "floor" else 1
    return {
        "settlement": settlements(lines, place),
        "booking": bookings(place),
        "availability": availabilities(),
        "visit": visits(),
        "lookup": lookups(),
    }


def _print_rates(rates: Rates, sizes: list[int]) -> None:
    """One line for each work: calls per second, shares in percent."""
    large, small = sizes[-1], sizes[0]
    print(f"\n{large:,} lines  floor/s  salon/s    ms  share   aim  4 clients/s  of one (floor)  of {small:,} lines")
    for work, aim in AIMS.items():
        floor, salon, four = (large, "floor", work, 1), (large, "salon", work, 1), (large, "salon", work, 4)
        per_second = median(found.per_second for found in rates[salon])
        print(
            f"{work:<16}{median(found.per_second for found in rates[floor]):>7.0f}{per_second:>9.0f}"
            f"{1000 / per_second:>7.2f}{_share(rates, salon, floor):>6.0%}{aim:>5}%"
            f"{median(found.per_second for found in rates[four]):>12.0f}"
            f"{_share(rates, four, salon):>9.0%}{_share(rates, (large, 'floor', work, 4), floor):>8.0%}"
            f"{_share(rates, salon, (small, 'salon', work, 1)):>12.0%}"
        )


def _print_processor(rates: Rates, lines: int) -> None:
    """One line for each work: what a call costs the server's processor, which other work on the machine changes less."""
    print("\nof the processor  floor ms  salon ms  share   aim  4 clients, of one (floor)")
    for work, aim in AIMS.items():
        floor, salon = (lines, "floor", work, 1), (lines, "salon", work, 1)
        print(
            f"{work:<16}{median(found.processor for found in rates[floor]):>10.2f}"
            f"{median(found.processor for found in rates[salon]):>10.2f}"
            f"{_share_of_processor(rates, salon, floor):>7.0%}{aim:>5}%"
            f"{_share_of_processor(rates, (lines, 'salon', work, 4), salon):>14.0%}"
            f"{_share_of_processor(rates, (lines, 'floor', work, 4), floor):>9.0%}"
        )


def _print_pages(found: Iterable[Page]) -> None:
    """One line for each page: how long the server took, and how often it asked the database."""
    print(f"\n{BOOKED_TODAY} bookings on the day        ms  processor   aim  statements     kB")
    for page in found:
        print(
            f"{page.name:<28}{page.milliseconds:>7.1f}{page.of_processor:>11.1f}{AIM_OF_PAGE:>6}"
            f"{page.statements:>12}{page.kilobytes:>7.0f}"
        )


def _print_reports(found: Iterable[Asked], lines: int) -> None:
    """One line for each report: how long it took over all lines, and how many times the same SQL by hand."""
    print(f"\nover {lines:,} lines              ms   by hand  times   aim")
    for asked in found:
        print(f"{asked.name:<24}{asked.milliseconds:>10.0f}{asked.by_hand:>10.0f}{asked.times:>7.2f}{AIM_OF_REPORT:>6}")


def _print_closing(found: Iterable[Took]) -> None:
    """One line for each act upon a year and each report of it."""
    print(f"\na year of {INVOICES:,} invoices   ms")
    for took in found:
        print(f"{took.name:<24}{took.milliseconds:>10.0f}")


def _print_starts(found: Iterable[Start]) -> None:
    """One line for each command: seconds until it answered or ended."""
    print("\nfrom the start on                s  processor   aim")
    for start in found:
        print(f"{start.name:<28}{start.seconds:>7.2f}{start.of_processor:>11.2f}{start.aim or '':>6}")


if __name__ == "__main__":
    main()
