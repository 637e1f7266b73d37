"""The form of the salon's settings."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length

from ..core.forms import DigitsField, JalaliDateField, MoneyField, PercentField, TextField, TimeOfDayField
from ..core.money import Currency
from ..core.text import persian_digits
from .models import GRIDS, LEAST_REMINDER

_REMINDERS = {
    2 * 60: _l("۲ ساعت پیش از نوبت"),
    3 * 60: _l("۳ ساعت پیش از نوبت"),
    6 * 60: _l("۶ ساعت پیش از نوبت"),
    12 * 60: _l("۱۲ ساعت پیش از نوبت"),
    24 * 60: _l("یک روز پیش از نوبت"),
    48 * 60: _l("دو روز پیش از نوبت"),
}
_GRID = [(minutes, _l("هر %(minutes)s دقیقه", minutes=persian_digits(str(minutes)))) for minutes in GRIDS]
_NAME = DataRequired(_l("نام را بنویسید."))
_NUMBER = InputRequired(_l("این را پر کنید."))


def currencies() -> list[tuple[str, str]]:
    """The units of money, named in the language of whoever asks."""
    return [(unit.value, unit.label) for unit in Currency]


class SettingsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What the owner decides about her salon."""

    name = TextField(_l("نام سالن"), [_NAME, Length(max=120)])
    branch_name = TextField(_l("نام شعبه"), [_NAME, Length(max=80)])
    phone = TextField(_l("تلفن"), [Length(max=40)], render_kw={"dir": "ltr", "inputmode": "tel"})
    address = TextField(_l("نشانی"), [Length(max=300)])
    currency = RadioField(_l("واحد پول"), choices=currencies)
    opens_at = TimeOfDayField(_l("باز می‌شود"), [_NUMBER])
    closes_at = TimeOfDayField(_l("بسته می‌شود"), [_NUMBER])
    tax_bp = PercentField(_l("مالیات بر ارزش افزوده"), [_NUMBER])
    debt_limit = MoneyField(_l("سقف بدهی هر مشتری"), [_NUMBER])
    club_title = TextField(_l("نام باشگاه مشتریان"), [_NAME, Length(max=120)])
    club_starts_on = JalaliDateField(_l("آغاز باشگاه"), [_NUMBER])
    redeem_ceiling_bp = PercentField(_l("سقف پرداخت با اعتبار"), [_NUMBER])
    round_to = MoneyField(_l("گرد کردن جمع فاکتور"))
    reason_above = MoneyField(_l("دلیل برای تخفیف بیشتر از"))
    deposit_full_hours = DigitsField(_l("همهٔ بیعانه برمی‌گردد تا"))
    deposit_half_hours = DigitsField(_l("نیمی برمی‌گردد تا"))
    least_notice = DigitsField(_l("کمترین فاصله تا نوبت"), default=0)
    furthest_days = DigitsField(_l("دورترین روز نوبت"))
    late_cancel_hours = DigitsField(_l("لغو دیر"), default=24)
    misses_before_deposit = DigitsField(_l("بیعانه از"))
    deposit_share_bp = PercentField(_l("اندازهٔ بیعانه"))
    reminder_minutes = SelectField(_l("پیامک یادآوری نوبت"), coerce=int)
    grid_minutes = SelectField(_l("زمان‌های پیشنهادی"), coerce=int, choices=_GRID)
    hold_minutes = DigitsField(_l("نگه‌داری زمان هنگام رزرو"))

    def offer_reminders(self, present: int) -> None:
        """Offer the usual times before an appointment, and the one that is set."""
        choices: dict[int, str] = dict(_REMINDERS)
        if present >= LEAST_REMINDER:
            choices.setdefault(present, _l("%(minutes)s دقیقه پیش از نوبت", minutes=present))
        self.reminder_minutes.choices = sorted(choices.items())


class TaxRateForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """VAT from a day on."""

    starts_on = JalaliDateField(_l("از روز"), [_NUMBER])
    rate_bp = PercentField(_l("درصد"), [_NUMBER])


def day_sent(text: str) -> date | None:
    """The day that a button of ours sends; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
