"""Forms of services and products."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from ..core.forms import DigitsField, MoneyField, TextField

_NAME = DataRequired(_l("نام را بنویسید."))
_PRICE = InputRequired(_l("قیمت را بنویسید."))
_CODE = {"dir": "ltr"}


class ServiceForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A service with its price, its duration and who does it."""

    name = TextField(_l("نام خدمت"), [_NAME, Length(max=160)])
    category = TextField(_l("دسته"), [Length(max=80)], render_kw={"list": "categories", "autocomplete": "off"})
    price = MoneyField(_l("قیمت"), [_PRICE])
    price_to = MoneyField(_l("سقف قیمت"))
    duration = DigitsField(_l("مدت"), [InputRequired(_l("مدت را به دقیقه بنویسید."))])
    materials = MoneyField(_l("هزینهٔ مواد هر بار"))
    staff_ids = SelectMultipleField(
        _l("چه کسی انجام می‌دهد"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class NewServiceForm(ServiceForm):
    """A service that begins to be sold."""

    code = TextField(_l("کد"), [Length(max=80)], render_kw=_CODE)


class EditServiceForm(ServiceForm):
    """A service that is there already."""

    active = BooleanField(_l("فروخته می‌شود"))


class ProductForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A product with its price."""

    name = TextField(_l("نام کالا"), [_NAME, Length(max=160)])
    brand = TextField(_l("برند"), [Length(max=80)])
    category = TextField(_l("دسته"), [Length(max=80)], render_kw={"list": "categories", "autocomplete": "off"})
    price = MoneyField(_l("قیمت"), [_PRICE])
    counted = BooleanField(_l("موجودی‌اش نگه داشته شود"), default=True)
    low_stock = DigitsField(_l("هشدار کمبود"), default=0)


class NewProductForm(ProductForm):
    """A product that begins to be sold."""

    code = TextField(_l("کد"), [Length(max=80)], render_kw=_CODE)


class EditProductForm(ProductForm):
    """A product that is there already."""

    active = BooleanField(_l("فروخته می‌شود"))
