"""Form fields of the salon: Jalali days, money in the salon's unit, mobile numbers, digits of any script."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError
from wtforms.widgets import TextInput

from .db import transaction
from .errors import DomainError, Invalid, NotFound, dates_reversed
from .hours import hours_and_minutes, parse_spans, parse_time, spans_shown
from .jalali import format_date, parse_jalali
from .mobile import mobile_of
from .money import format_money, parse_money, parse_percent
from .pages import currency, page, percent
from .text import latin_digits, normalise, normalise_lines, persian_digits

Answer = TypeVar("Answer")
DAY_NEEDED = InputRequired(_l("روز را بنویسید."))


class TextField(StringField):
    """A line of text in the salon's one spelling; empty stays empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Normalise what was typed."""
        self.data = normalise(valuelist[0]) if valuelist else ""


class NoteField(TextAreaField):
    """Some lines of text, each in the salon's one spelling."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Normalise each line."""
        self.data = normalise_lines(valuelist[0]) if valuelist else ""


class _TypedField(Field):
    """A field whose text becomes a value; what was typed stays on screen when it cannot."""

    widget = TextInput()
    typed: str | None = None
    attributes: ClassVar[dict[str, str]] = {}  # of its box, besides those that every typed value has

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        given = options.get("render_kw") or {}
        options["render_kw"] = {"dir": "ltr", "autocomplete": "off", **self.attributes, **given}
        super().__init__(label, validators, **options)

    def _value(self) -> str:
        return self.typed if self.typed is not None else self.shown()

    def shown(self) -> str:
        """The value as people see it."""
        return "" if self.data is None else persian_digits(str(self.data))

    def read(self, text: str) -> Any:
        """The value of a text, or ValueError with a sentence."""
        raise ValueError(text)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; empty is None."""
        if valuelist:
            self.typed = valuelist[0]
            self.data = None
            self.data = self.read(valuelist[0]) if valuelist[0].strip() else None


class JalaliDateField(_TypedField):
    """A day typed and shown in the Jalali calendar; its value is a Gregorian `date`."""

    data: date | None

    attributes: ClassVar[dict[str, str]] = {"data-jalali": "", "inputmode": "numeric", "placeholder": "۱۴۰۵/۰۱/۳۱"}

    def shown(self) -> str:
        """As «۱۴۰۵/۰۸/۳۰»."""
        return format_date(self.data, "numeric") if self.data else ""

    def read(self, text: str) -> date:
        """The day of a typed Jalali date."""
        day = parse_jalali(text)
        if day is None:
            raise ValueError(_("تاریخ را مانند ۱۴۰۵/۰۸/۳۰ بنویسید."))
        return day


class MoneyField(_TypedField):
    """An amount typed in the salon's unit; its value is rials."""

    data: int | None

    attributes: ClassVar[dict[str, str]] = {"data-money": "", "inputmode": "numeric"}

    def shown(self) -> str:
        """As the salon shows it."""
        return "" if self.data is None else format_money(self.data, currency())

    def read(self, text: str) -> int:
        """The rials of a typed amount."""
        rials = parse_money(text, currency())
        if rials is None:
            raise ValueError(_("مبلغ را با رقم بنویسید."))
        return rials


class MobileField(_TypedField):
    """A mobile number typed in any way; its value is `09xxxxxxxxx`."""

    data: str | None

    attributes: ClassVar[dict[str, str]] = {"inputmode": "tel", "placeholder": "۰۹۱۲ ۳۴۵ ۶۷۸۹"}

    def read(self, text: str) -> str | None:
        """The mobile as it is stored."""
        try:
            return mobile_of(text)
        except Invalid as error:
            raise ValueError(error.message) from None


class DigitsField(_TypedField):
    """A whole number typed in digits of any script."""

    data: int | None

    attributes: ClassVar[dict[str, str]] = {"inputmode": "numeric"}

    def read(self, text: str) -> int:
        """The number; at most nine digits."""
        digits = latin_digits(normalise(text))
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
            raise ValueError(_("فقط رقم بنویسید."))
        return int(digits)


class SignedField(_TypedField):
    """A whole number, more or fewer: «۲۰», «+۲۰» or «−۱۰»."""

    data: int | None

    attributes: ClassVar[dict[str, str]] = {"inputmode": "text", "placeholder": "+۲۰"}

    def shown(self) -> str:
        """With its sign."""
        return "" if self.data is None else persian_digits(f"{self.data:+}").replace("-", "−")

    def read(self, text: str) -> int:
        """The number; at most nine digits."""
        digits = latin_digits(normalise(text)).replace("−", "-").replace(" ", "")
        if not re.fullmatch(r"[+-]?[0-9]{1,9}|[0-9]{1,9}[+-]", digits):
            raise ValueError(_("عدد را مانند +۲۰ یا −۱۰ بنویسید."))
        return -int(digits.strip("+-")) if "-" in digits else int(digits.strip("+"))


class TimeOfDayField(_TypedField):
    """A time of day as «۹:۳۰»; its value is minutes after midnight, up to 24:00."""

    data: int | None

    attributes: ClassVar[dict[str, str]] = {"inputmode": "numeric", "placeholder": "۹:۳۰"}

    def shown(self) -> str:
        """As «۹:۳۰»."""
        return "" if self.data is None else hours_and_minutes(self.data)

    def read(self, text: str) -> int:
        """The minutes of «۹», «۹:۳۰» or «۰۹۳۰»."""
        minutes = parse_time(text)
        if minutes is None:
            raise ValueError(_("ساعت را مانند ۹:۳۰ بنویسید."))
        return minutes


class SpansField(_TypedField):
    """Hours of a day as «۹–۱۳، ۱۴–۲۰», a break between two of them; none when it is empty."""

    data: list[tuple[int, int]] | None

    attributes: ClassVar[dict[str, str]] = {"dir": "auto", "placeholder": "۹–۱۳، ۱۴–۲۰"}

    def shown(self) -> str:
        """As «۹:۰۰–۱۳:۰۰، ۱۴:۰۰–۲۰:۰۰»."""
        return spans_shown(self.data or ())

    def read(self, text: str) -> list[tuple[int, int]]:
        """The minutes of each span, in order."""
        spans = parse_spans(text)
        if spans is None:
            raise ValueError(_("ساعت‌ها را مانند ۹–۱۳، ۱۴–۲۰ بنویسید؛ هر پایان پس از آغازش."))
        return spans


class PercentField(_TypedField):
    """A percentage as «۲٫۵»; its value is basis points."""

    data: int | None

    attributes: ClassVar[dict[str, str]] = {"inputmode": "decimal"}

    def shown(self) -> str:
        """As «۲٫۵»."""
        return "" if self.data is None else percent(self.data).rstrip("٪")

    def read(self, text: str) -> int:
        """The basis points of a typed percentage, with at most two decimals."""
        points = parse_percent(text)
        if points is None:
            raise ValueError(_("درصد عددی از صفر تا صد است."))
        return points


class RowField(SelectField):
    """One of some rows, or none; its value is the number of the row."""

    data: int | None

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, coerce=_row_or_none, choices=[("", "—")], **options)

    def offer(self, rows: Sequence[tuple[int, str]], none: Any = "—") -> None:
        """Offer these rows by number and name, and to name none."""
        self.choices = [("", none), *rows]


def _row_or_none(value: Any) -> int | None:
    return None if value in {None, ""} else int(value)


class KeyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A form that moves value: its key makes a second sending harmless."""

    key = HiddenField(validators=[Length(min=8, max=64), Regexp(r"^[0-9a-zA-Z-]+$")])


class PeriodForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """From a day to a day, both inclusive; it changes nothing, so it travels in the address."""

    class Meta:
        csrf = False

    starts_on = JalaliDateField(_l("از روز"), [DAY_NEEDED])
    ends_on = JalaliDateField(_l("تا روز"), [DAY_NEEDED])

    def validate_ends_on(self, field: Any) -> None:
        """A period ends after it begins."""
        starts: date | None = self.starts_on.data
        if starts and field.data and field.data < starts:
            raise ValidationError(dates_reversed().message)

    def period(self, *, check: bool) -> tuple[date, date] | None:
        """The first and the last day, or None when what was typed is none."""
        first: date | None = self.starts_on.data
        last: date | None = self.ends_on.data
        if (check and not self.validate()) or first is None or last is None:
            return None
        self.starts_on.typed = self.ends_on.typed = None  # shown in the salon's own way from here on
        return first, last


class NamedForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Something that is chosen by its name, as long as it is used."""

    name = TextField(_l("نام"), [DataRequired(_l("نام را بنویسید."))])
    active = BooleanField(_l("به کار می‌رود"), default=True)


def _first_if_empty(place: int | None) -> int:
    return place or 0


class OrderedForm(NamedForm):
    """The same, at its place in the list."""

    position = DigitsField(_l("جایش در فهرست"), default=0, filters=[_first_if_empty])


def typed(form: FlaskForm) -> dict[str, Any]:
    """What a form says, by the names of its fields."""
    return {field.short_name: field.data for field in form if field.short_name != "csrf_token"}


def saved(form: FlaskForm, save: Callable[[], object]) -> bool:
    """Check a sent form and save what it says in one transaction; what is refused is shown at its field."""
    if not form.validate_on_submit():
        return False
    try:
        with transaction():
            save()
    except DomainError as error:
        form_refused(form, error)
        return False
    return True


def outcome_of(form: FlaskForm, act: Callable[[], Answer]) -> Answer | None:
    """What came of doing in one transaction what a sent form asks; None when it is refused, at its field.

    What the page itself is about has to be there: its NotFound goes on.
    """
    if not form.validate_on_submit():
        return None
    try:
        with transaction():
            return act()
    except NotFound:
        raise
    except DomainError as error:
        form_refused(form, error)
        return None


def told_on(page_url: str, act: Callable[[], str], *after: Callable[[], object]) -> Response:
    """Act in one transaction and go back to a page, which says what came of it; a refusal is told there, too."""
    try:
        with transaction():
            sentence = act()
    except DomainError as refused:
        flash(refused.message, "bad")
    else:
        flash(sentence)
        for follow in after:
            follow()
    return redirect(page_url, HTTPStatus.SEE_OTHER)


def answered(template: str, form: FlaskForm, **values: Any) -> Response:
    """The page of a form: 422 with what is wrong when it was sent, else as it is opened."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_submitted() else HTTPStatus.OK
    return page(template, status, form=form, **values)


def form_refused(form: FlaskForm, error: DomainError) -> None:
    """Put a refusal at the field it concerns, or above the form when the form lacks that field."""
    if error.field and error.field in form:
        field = form[error.field]
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors.append(error.message)
