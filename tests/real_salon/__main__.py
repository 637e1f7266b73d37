"""Moves the real salon into a fresh one under SALON_INSTANCE, audits its books, and prints its report last."""

import sys
import time
from pathlib import Path

import click

from salon.cli import salon
from tests.shared_data import FOLDER

MAPPINGS = Path(__file__).parent / "mappings"
FILES = FOLDER / "real-salon"
RECEIPTS = "Receipt Transactions0.csv"
BOOKINGS = "Future Bookings (All Clients)0.csv"
CANCELLATIONS = "Client Cancellations0.csv"
NO_SHOWS = "No-Show Report0.csv"

# Kind, file and mapping, in the order in which they lean on each other.
STEPS = (
    ("services", "Service Listing0.csv", "services"),
    ("products", "Product Listing (Retail)0.csv", "products"),
    *(("staff", file, "staff") for file in (RECEIPTS, BOOKINGS, CANCELLATIONS, NO_SHOWS)),
    ("customers", RECEIPTS, "customers-of-receipts"),
    *(("customers", file, "customers-of-bookings") for file in (BOOKINGS, CANCELLATIONS, NO_SHOWS)),
    ("invoices", RECEIPTS, "receipts"),
    ("appointments", BOOKINGS, "bookings"),
    ("no-shows", NO_SHOWS, "no-shows"),
    ("cancellations", CANCELLATIONS, "cancellations"),
)
REPORT = ("report", "services-by-staff", "--from", "2018-03-01", "--to", "2018-08-01", "--format", "json")


def run(*words: str) -> None:
    """Run one command as it would be typed."""
    salon(words, standalone_mode=False)


def main() -> None:
    """Do the whole move."""
    if not FILES.is_dir():
        sys.exit("no ../shared/data beside the project")
    begun = time.monotonic()
    run("init", "--name", "سالن واقعی")
    for kind, file, mapping in STEPS:
        run("import", kind, str(FILES / file), "--mapping", str(MAPPINGS / f"{mapping}.toml"))
    run("ledger", "verify")
    click.echo(f"Moved in {time.monotonic() - begun:.1f} s.", err=True)
    run(*REPORT)


if __name__ == "__main__":
    main()
