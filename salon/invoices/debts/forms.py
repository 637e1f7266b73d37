"""What is typed about debts."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import Length

from ...core.forms import JalaliDateField, MoneyField, TextField


class ContactForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What was said, and when she will pay."""

    note = TextField(_l("چه گفت؟"), [Length(max=300)])
    promised_on = JalaliDateField(_l("وعدهٔ پرداخت"))


class OverForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """From which amount on; it changes nothing, so it travels in the address."""

    class Meta:
        csrf = False

    least = MoneyField(_l("بدهی از"))
