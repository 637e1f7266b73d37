"""Refusals about files, mappings and what stands in their rows."""

from flask_babel import gettext as _

from ..core.errors import DomainError, Invalid
from ..core.text import persian_digits

_QUOTED = 60  # characters of a long text, by which it is found in the file


def file_unreadable(name: str) -> Invalid:
    """Neither a CSV nor an Excel file that can be opened."""
    return Invalid("file_unreadable", _("فایل «%(name)s» خوانده نشد؛ آن را با قالب CSV یا XLSX ذخیره کنید.", name=name))


def file_empty(name: str) -> Invalid:
    """Not even a line of column names."""
    return Invalid("file_empty", _("فایل «%(name)s» خالی است؛ سطر نخست باید نام ستون‌ها باشد.", name=name))


def mapping_invalid(what: str) -> Invalid:
    """The mapping file says something that means nothing."""
    return Invalid("mapping_invalid", _("فایل نگاشت درست نیست: %(what)s", what=what))


def column_missing(column: str) -> Invalid:
    """The mapping names a column that the file lacks."""
    return Invalid("column_missing", _("ستون «%(column)s» در فایل نیست.", column=column))


def field_unmapped(field: str) -> Invalid:
    """No column of the file stands for a field that cannot be done without."""
    return Invalid("field_unmapped", _("برای «%(field)s» ستونی پیدا نشد؛ آن را در فایل نگاشت بنویسید.", field=field))


def value_missing(field: str) -> Invalid:
    """A blank where something must stand."""
    return Invalid("value_missing", _("«%(field)s» خالی است.", field=field), field)


def amount_invalid(field: str, text: str) -> Invalid:
    """Not an amount."""
    return Invalid("amount_invalid", _("«%(text)s» مبلغ نیست (%(field)s).", text=text, field=field), field)


def amount_fraction(field: str, text: str) -> Invalid:
    """An amount with parts smaller than the books keep; rounding it would lose money."""
    return Invalid(
        "amount_fraction",
        _("مبلغ «%(text)s» ریزتر از واحد دفتر است (%(field)s)؛ money_scale را درست کنید.", text=text, field=field),
        field,
    )


def price_missing(text: str) -> Invalid:
    """A price list that leaves a price out."""
    return Invalid("price_missing", _("برای این ردیف قیمتی نوشته نشده است («%(text)s»).", text=text), "price")


def number_invalid(field: str, text: str) -> Invalid:
    """Not a whole number."""
    return Invalid("number_invalid", _("«%(text)s» عدد درست نیست (%(field)s).", text=text, field=field), field)


def day_invalid(field: str, text: str) -> Invalid:
    """Not a day in any of the formats."""
    return Invalid("day_invalid", _("«%(text)s» تاریخ نیست (%(field)s).", text=text, field=field), field)


def time_invalid(field: str, text: str) -> Invalid:
    """Not a time of day in any of the formats."""
    return Invalid("time_invalid", _("«%(text)s» ساعت نیست (%(field)s).", text=text, field=field), field)


def flag_invalid(field: str, text: str) -> Invalid:
    """Neither yes nor no."""
    return Invalid("flag_invalid", _("«%(text)s» بله یا خیر نیست (%(field)s).", text=text, field=field), field)


def text_long(field: str, text: str, most: int) -> Invalid:
    """More than is kept; it is not cut, the file is to say it in fewer words."""
    sentence = _(
        "«%(field)s» بیش از %(most)s حرف است: «%(text)s…»",
        field=field,
        most=persian_digits(str(most)),
        text=text[:_QUOTED],
    )
    return Invalid("text_long", sentence, field)


def customer_missing(code: str) -> Invalid:
    """Bookings and receipts come after the customers."""
    return Invalid("customer_unknown", _("مشتری «%(code)s» نیست؛ نخست مشتریان را وارد کنید.", code=code), "customer")


def staff_missing(code: str) -> Invalid:
    """Bookings and receipts come after the staff."""
    return Invalid("staff_unknown", _("«%(code)s» در پرسنل نیست؛ نخست پرسنل را وارد کنید.", code=code), "staff")


def service_missing(code: str) -> Invalid:
    """Bookings come after the services."""
    return Invalid("service_unknown", _("خدمت «%(code)s» نیست؛ نخست خدمات را وارد کنید.", code=code), "service")


def product_missing(code: str) -> Invalid:
    """A code that no product has."""
    return Invalid("product_unknown", _("کالای «%(code)s» نیست؛ نخست کالاها را وارد کنید.", code=code), "product")


def code_repeated(code: str) -> Invalid:
    """The same key twice in one file, saying different things."""
    return Invalid("code_repeated", _("کد «%(code)s» پیش‌تر در همین فایل با محتوای دیگری آمده است.", code=code), "code")


def receipt_incomplete(number: str) -> Invalid:
    """Another line of the same receipt was refused; half a receipt would be wrong money."""
    return Invalid(
        "receipt_incomplete", _("ردیف دیگری از رسید «%(number)s» پذیرفته نشد؛ رسید نیمه ثبت نمی‌شود.", number=number)
    )


def import_changed(what: str) -> Invalid:
    """It was brought in before, and now says something else; what was posted stays."""
    return Invalid("import_changed", _("«%(what)s» پیش‌تر با محتوای دیگری وارد شده است؛ تغییری نکرد.", what=what))


def customer_key_missing() -> Invalid:
    """Nothing to know the customer by when the file comes again."""
    return Invalid("customer_key_missing", _("کد اشتراک یا موبایل لازم است تا مشتری دوباره شناخته شود."), "code")


def mobile_dropped(text: str) -> Invalid:
    """The customer comes in, the text that is no mobile goes to her note."""
    return Invalid("mobile_invalid", _("«%(text)s» شمارهٔ موبایل نیست؛ در یادداشت مشتری ماند.", text=text), "mobile")


def code_of_another(code: str, name: str) -> Invalid:
    """Whoever has the code is called otherwise; what the file tells of the code is told of her."""
    sentence = _("کد «%(code)s» از آنِ «%(name)s» است؛ نام او همان ماند.", code=code, name=name)
    return Invalid("code_of_another", sentence, "code")


def mobile_claimed(name: str) -> DomainError:
    """Somebody further up in the file has this mobile, and it is not said to be shared."""
    sentence = _("این موبایل را در همین فایل «%(name)s» دارد؛ اگر مشترک است، shared_mobile را بله بگذارید.", name=name)
    return DomainError("customer_exists", sentence, "mobile")


def name_shared(name: str) -> Invalid:
    """Two things by one name: a line that only says the name means neither."""
    return Invalid(
        "name_shared", _("نام «%(name)s» را چند ردیف دارند؛ رسیدها آن را از روی نام نمی‌شناسند.", name=name), "name"
    )


def name_from_code(code: str) -> Invalid:
    """A thing without a name is called by its code."""
    return Invalid("name_missing", _("نام «%(code)s» خالی است؛ کدش به جای نام نشست.", code=code), "name")


def slot_lost() -> Invalid:
    """Somebody else holds the person at this time."""
    return Invalid("slot_taken", _("این ساعت را نوبت دیگری گرفته است؛ نوبت ماند ولی ساعت را نمی‌گیرد."), "time")


def row_repeated() -> Invalid:
    """The same row again."""
    return Invalid("row_repeated", _("این ردیف همان ردیف پیشین است و یک بار ثبت شد."))


def status_differs() -> Invalid:
    """A visit has one state."""
    return Invalid(
        "status_differs", _("این مشتری در همین ساعت نوبتی با وضعیت دیگر دارد؛ وضعیت‌ها را یکی کنید."), "status"
    )


def status_unknown(text: str) -> Invalid:
    """A status that no booking has."""
    return Invalid("status_unknown", _("«%(text)s» وضعیت نوبت نیست؛ در [values.status] معنا شود.", text=text), "status")


def thing_unrecognised(text: str) -> Invalid:
    """A line whose description is no service's and no product's name, or the name of several."""
    return Invalid("unrecognised", _("«%(text)s» با نام یک خدمت یا کالا یکی نبود؛ فقط شرحش ماند.", text=text))


def receipt_shared(number: str) -> Invalid:
    """Several customers paid together; each has an invoice of her own."""
    return Invalid("receipt_shared", _("رسید «%(number)s» چند مشتری دارد؛ برای هر یک فاکتوری ثبت شد.", number=number))


def amount_not_positive(text: str) -> Invalid:
    """An opening balance of nothing, or the wrong way round."""
    return Invalid("amount_not_positive", _("مانده باید بیشتر از صفر باشد («%(text)s»).", text=text), "amount")
