"""The address of somebody's calendar, on her page."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from ...core.db import transaction
from ...core.pages import present
from ...core.permissions import Permission, requires
from ..queries import staff_of
from .services import end_feed, renew_feed

blueprint = Blueprint("feed_addresses", __name__)


@blueprint.post("/staff/<key:staff_id>/feed")
@requires(Permission.STAFF_WRITE)
def renew(staff_id: int) -> Response:
    """Make an address, or another."""
    with transaction():
        staff_of(current_user.branch_id, staff_id)
        renew_feed(staff_id=staff_id, actor=current_user, now=present())
    flash(_("نشانی تقویم آماده است."))
    return redirect(url_for("staff.edit_staff", staff_id=staff_id, _anchor="feed-title"), HTTPStatus.SEE_OTHER)


@blueprint.post("/staff/<key:staff_id>/feed/end")
@requires(Permission.STAFF_WRITE)
def end(staff_id: int) -> Response:
    """Take it back."""
    with transaction():
        staff_of(current_user.branch_id, staff_id)
        end_feed(staff_id=staff_id, actor=current_user, now=present())
    flash(_("نشانی تقویم برداشته شد."))
    return redirect(url_for("staff.edit_staff", staff_id=staff_id, _anchor="feed-title"), HTTPStatus.SEE_OTHER)
