"""What is typed about a customer's bookings: patch tests, and minutes and prices of her own."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, ValidationError
from wtforms.validators import InputRequired, Length

from ...core.forms import DAY_NEEDED, JalaliDateField, MoneyField, RowField, SignedField, TextField, TimeOfDayField
from ...core.jalali import wall_clock
from ..models import PatchResult

RESULTS = {PatchResult.CLEAR.value: _l("بی‌واکنش"), PatchResult.REACTION.value: _l("واکنش داد")}
_SERVICE = InputRequired(_l("خدمت را برگزینید."))


class PatchTestForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A patch test as it was made."""

    service_id = RowField(_l("تست کدام خدمت"), [_SERVICE])
    tested_on = JalaliDateField(_l("روز تست"), [DAY_NEEDED])
    tested_time = TimeOfDayField(_l("ساعت"), [InputRequired(_l("ساعت را بنویسید."))])
    result = RadioField(_l("نتیجه"), default=PatchResult.CLEAR.value, choices=lambda: list(RESULTS.items()))
    note = TextField(_l("یادداشت"), [Length(max=200)])

    def tested_at(self) -> datetime:
        """The moment in UTC."""
        if self.tested_on.data is None or self.tested_time.data is None:
            raise ValidationError
        return wall_clock(self.tested_on.data, self.tested_time.data)


class OwnTermsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """How much longer a service takes with her, and what it costs her."""

    own_service_id = RowField(_l("خدمت"), [_SERVICE])
    minutes = SignedField(_l("دقیقهٔ بیشتر"))
    price = MoneyField(_l("قیمت این مشتری"))
