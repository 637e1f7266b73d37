"""The form of a room, chair or device."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, NumberRange

from ...core.forms import DigitsField, NamedForm
from .services import MOST_CAPACITY

KINDS = {"room": _l("اتاق"), "chair": _l("صندلی"), "device": _l("دستگاه")}


class ResourceForm(NamedForm):
    """What it is, and how many customers it takes at a time."""

    kind = SelectField(_l("نوع"), choices=list(KINDS.items()), default="room")
    capacity = DigitsField(
        _l("گنجایش"),
        [InputRequired(_l("بنویسید هم‌زمان چند مشتری.")), NumberRange(1, MOST_CAPACITY, _l("عددی از ۱ تا ۱۰۰ است."))],
        default=1,
    )
    position = DigitsField(_l("جایش در فهرست"))
