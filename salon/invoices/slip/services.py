"""Printing a slip: PDF on a roll of 80 mm or a sheet of A5."""

from ...core.paper import Paper, printed
from .queries import Slip


def slip_pdf(slip: Slip, paper: Paper) -> bytes:
    """The slip as PDF. A roll is cut where the slip ends."""
    return printed("invoices/slip_print.html", paper, slip=slip)
