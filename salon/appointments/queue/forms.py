"""The form of somebody who came without a booking."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from ...core.forms import MobileField, TextField
from ..wanted.forms import WantedForm


class WalkInForm(WantedForm):
    """What she wants; who she is, if she isn't known yet."""

    first_name = TextField(_l("نام"), [Length(max=80)])
    last_name = TextField(_l("نام خانوادگی"), [Length(max=80)])
    mobile = MobileField(_l("موبایل"))
    note = TextField(_l("یادداشت"), [Length(max=200)])
