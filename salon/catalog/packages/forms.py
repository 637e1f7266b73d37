"""What is typed for a package: its name, price and days, and the sessions of each service."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from ...core.forms import DigitsField, MoneyField, NamedForm
from ...core.text import latin_digits, normalise
from ..models import Service
from .errors import sessions_invalid
from .services import PackageSpec


class PackageForm(NamedForm):
    """A package; the sessions of its services are typed beside their names."""

    price = MoneyField(_l("قیمت بسته"), [InputRequired(_l("قیمت را بنویسید."))])
    valid_days = DigitsField(_l("روزهای اعتبار"))

    def spec(self, said: Mapping[str, str], services: Sequence[Service]) -> PackageSpec:
        """What was typed. Raises Invalid `sessions_invalid`."""
        typed = [(service.id, _sessions(said.get(field_of(service.id), ""))) for service in services]
        return PackageSpec(
            name=self.name.data or "",
            price=self.price.data or 0,
            valid_days=self.valid_days.data,
            items=tuple((service_id, sessions) for service_id, sessions in typed if sessions is not None),
            active=self.active.data,
        )


def field_of(service_id: int) -> str:
    """The name of the field of a service's sessions."""
    return f"sessions-{service_id}"


def _sessions(text: str) -> int | None:
    digits = latin_digits(normalise(text))
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 6):
        raise sessions_invalid()
    return int(digits)
