"""What a change of the calendar leaves to be moved: rooms below the bookings tell of it without knowing them."""

from collections.abc import Callable, Set
from datetime import datetime
from http import HTTPStatus

from flask import Flask, current_app, flash, redirect
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from .pages import present
from .text import persian_digits

Found = Callable[[int, datetime], Set[int]]

LISTED_AT = "/desk/to-move"


def init_unsettled(app: Flask, found: Found) -> None:
    """Say which booked services of a branch lie where nobody serves them, by number."""
    app.extensions["salon_unsettled"] = found


def unsettled() -> Set[int]:
    """The booked services of the user's branch that have to be moved."""
    found: Found = current_app.extensions["salon_unsettled"]
    return found(current_user.branch_id, present())


def onward(address: str, before: Set[int]) -> Response:
    """Where to go after a change: to the bookings that it displaced if there are any, else to the address."""
    new = len(unsettled() - before)
    if new:
        told = _("ذخیره شد؛ %(count)s نوبت باید جابه‌جا شود.", count=persian_digits(str(new)))
        flash(told, "warn")
        return redirect(LISTED_AT, HTTPStatus.SEE_OTHER)
    flash(_("ذخیره شد."))
    return redirect(address, HTTPStatus.SEE_OTHER)
