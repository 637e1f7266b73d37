"""The part of a form in which wanted services are chosen, up to three."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from ...catalog.queries import active_services
from ...core.forms import RowField
from ...staff.queries import active_staff
from ..rules import BookingItem

ROWS = (1, 2, 3)


class WantedForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Services, each of a person or of anybody."""

    service_1 = RowField(_l("خدمت"))
    staff_1 = RowField(_l("پرسنل"))
    service_2 = RowField(_l("خدمت دوم"))
    staff_2 = RowField(_l("پرسنل"))
    service_3 = RowField(_l("خدمت سوم"))
    staff_3 = RowField(_l("پرسنل"))

    def offer(self, branch_id: int) -> None:
        """Offer what is sold, and who serves."""
        services = [(service.id, service.name) for service in active_services()]
        people = [(person.id, person.name) for person in active_staff(branch_id)]
        for row in ROWS:
            self[f"service_{row}"].offer(services)
            self[f"staff_{row}"].offer(people, none=_l("هر کس آزاد بود"))

    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of each service with its person."""
        return [(self[f"service_{row}"], self[f"staff_{row}"]) for row in ROWS]

    def items(self) -> list[BookingItem]:
        """What was chosen."""
        return list(self._chosen())

    def _chosen(self) -> Iterator[BookingItem]:
        for service, staff in self.rows():
            if service.data is not None:
                yield BookingItem(service.data, staff.data)
