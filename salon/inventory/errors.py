"""Refusals about stock."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ..core.errors import DomainError, Invalid

MOST_PIECES = 1_000_000
STOCK_MOVED = DomainError("stock_moved", lazy_gettext("این جابه‌جایی پیش‌تر ثبت شده است."))
REFUSALS = {"uq_stock_movement_idempotency_key": STOCK_MOVED}


def pieces_missing() -> Invalid:
    """Nothing that came, went or was counted."""
    return Invalid("pieces_missing", _("برای هیچ کالایی عددی ننوشته‌اید."))


def pieces_invalid(product_id: int) -> Invalid:
    """A number of pieces that nobody can have on a shelf, or none where some must have come or gone."""
    return Invalid("pieces_invalid", _("تعداد درست نیست؛ عددی تا یک میلیون بنویسید."), f"pieces.{product_id}")


def product_uncounted(product_id: int) -> Invalid:
    """A product whose stock nobody keeps."""
    sentence = _("موجودی این کالا نگه داشته نمی‌شود؛ نخست در صفحهٔ کالا آن را روشن کنید.")
    return Invalid("product_uncounted", sentence, f"pieces.{product_id}")
