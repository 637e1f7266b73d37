"""Refusals about reports."""

from flask_babel import gettext as _

from ..core.errors import Invalid


def dates_reversed(field: str = "to") -> Invalid:
    """Days that end before they begin."""
    return Invalid("dates_reversed", _("پایان دوره پیش از آغاز آن است."), field)
