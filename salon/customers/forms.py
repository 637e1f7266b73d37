"""Forms of customers."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length

from ..core.forms import JalaliDateField, MobileField, MoneyField, NoteField, RowField, TextField


class CustomerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Who a customer is."""

    first_name = TextField(_l("نام"), [DataRequired(_l("نام مشتری را بنویسید.")), Length(max=80)])
    last_name = TextField(_l("نام خانوادگی"), [Length(max=80)])
    mobile = MobileField(_l("موبایل"))
    shared_mobile = BooleanField(_l("موبایل مشترک (مادر و دختر، دو خواهر…)"))
    is_walk_in = BooleanField(_l("مشتری گذری، بی پرونده و بی باشگاه"))
    birthday = JalaliDateField(_l("تولد"))
    wedding_day = JalaliDateField(_l("سالگرد ازدواج"))
    allergies = TextField(_l("حساسیت"), [Length(max=300)])
    group_id = RowField(_l("گروه"))
    own_staff_id = RowField(_l("مشتری شخصیِ"))
    note = NoteField(_l("یادداشت"), [Length(max=1000)])


class NewCustomerForm(CustomerForm):
    """Somebody who comes for the first time."""

    code = TextField(_l("کد اشتراک"), [Length(max=40)], render_kw={"dir": "ltr", "autocomplete": "off"})


class EditCustomerForm(CustomerForm):
    """Somebody who is known."""

    is_member = BooleanField(_l("عضو باشگاه"))


class OwnersEditCustomerForm(EditCustomerForm):
    """What only the owner decides about somebody, too."""

    debt_limit = MoneyField(_l("سقف بدهی"))
