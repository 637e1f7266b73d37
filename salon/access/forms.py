"""Forms of login and of the users' list."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from ..core.forms import RowField, TextField
from .models import Role
from .rules import ROLE_LABELS

_ROLES = [(role.value, label) for role, label in ROLE_LABELS.items()]
_LATIN = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}


class LoginForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Who she is; wrong names and passwords are refused in the same words."""

    name = StringField(_l("نام کاربری"), render_kw=_LATIN | {"autocomplete": "username"})
    password = PasswordField(_l("گذرواژه"), render_kw={"dir": "ltr", "autocomplete": "current-password"})


class _Password(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A new password, typed twice."""

    password = PasswordField(
        _l("گذرواژه"),
        [DataRequired(_l("گذرواژه را بنویسید."))],
        render_kw={"dir": "ltr", "autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("گذرواژه، یک بار دیگر"),
        [EqualTo("password", _l("دو گذرواژه یکی نیستند."))],
        render_kw={"dir": "ltr", "autocomplete": "new-password"},
    )


class PasswordForm(_Password):
    """A new password for somebody."""


class NewUserForm(_Password):
    """Somebody who is to work with the program."""

    full_name = TextField(
        _l("نام و نام خانوادگی"), [DataRequired(_l("نام و نام خانوادگی را بنویسید.")), Length(max=120)]
    )
    name = TextField(
        _l("نام کاربری"),
        [DataRequired(_l("نام کاربری را بنویسید.")), Length(max=60)],
        render_kw=_LATIN | {"autocomplete": "off"},
    )
    role = SelectField(_l("نقش"), choices=_ROLES)
    staff_id = RowField(_l("کدام پرسنل است"))

    def validate_staff_id(self, field: Any) -> None:
        """Whoever is named as one of the staff is not let into everything by the wrong role."""
        if field.data is not None and self.role.data != Role.STYLIST:
            raise ValidationError(_("برای این کاربر نقش «پرسنل» را انتخاب کنید، یا این را خالی بگذارید."))


class UserForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Who somebody is."""

    full_name = TextField(
        _l("نام و نام خانوادگی"), [DataRequired(_l("نام و نام خانوادگی را بنویسید.")), Length(max=120)]
    )
    role = SelectField(_l("نقش"), choices=_ROLES)
    staff_id = RowField(_l("کدام پرسنل است"))
    active = BooleanField(_l("می‌تواند وارد شود"))
