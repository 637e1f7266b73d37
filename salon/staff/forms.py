"""Forms of the people who serve."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, ColorField
from wtforms.validators import DataRequired, InputRequired, Length

from ..core.forms import DigitsField, MobileField, PercentField, RowField, TextField


class StaffForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Who somebody is."""

    name = TextField(_l("نام"), [DataRequired(_l("نام را بنویسید.")), Length(max=120)])
    title = TextField(_l("کارش"), [Length(max=80)], render_kw={"placeholder": _l("رنگ و مش")})
    mobile = MobileField(_l("موبایل"))
    color = ColorField(_l("رنگ در برنامهٔ روز"))
    level_id = RowField(_l("سطح"))
    line_id = RowField(_l("لاین"))
    share_bp = PercentField(_l("سهم دستیار از سرلاین"))


class NewStaffForm(StaffForm):
    """Somebody who begins to serve."""

    code = TextField(_l("کد"), [Length(max=40)], render_kw={"dir": "ltr"})


class EditStaffForm(StaffForm):
    """Somebody who serves already."""

    position = DigitsField(_l("جای ستون در برنامه"), [InputRequired(_l("یک عدد بنویسید؛ صفر اول است."))])
    active = BooleanField(_l("نوبت می‌گیرد"))
