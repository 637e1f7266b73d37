"""Forms of branches."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from ...core.forms import NamedForm, TextField


class BranchForm(NamedForm):
    """Where the salon works."""

    phone = TextField(_l("تلفن"), [Length(max=40)], render_kw={"dir": "ltr", "inputmode": "tel"})
    address = TextField(_l("نشانی"), [Length(max=300)])
    active = BooleanField(_l("باز است"), default=True)


class EditBranchForm(BranchForm):
    """The same, and who comes to work there."""

    user_ids = SelectMultipleField(
        _l("کاربرانی که به این شعبه بیایند"),
        coerce=int,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
