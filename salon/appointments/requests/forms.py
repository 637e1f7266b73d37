"""The form in which a request is refused."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, Length

from ...core.forms import TextField


class RefusalForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Why; the customer is told."""

    reason = TextField(_l("چرا؟"), [DataRequired(_l("دلیل را بنویسید؛ برای مشتری پیامک می‌شود.")), Length(max=300)])
