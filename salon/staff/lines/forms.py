"""The form of a line."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField

from ...core.forms import NamedForm, PercentField, RowField
from ..models import StaffMember


class _MemberForm(Form):
    """Whether somebody belongs to the line, and her share of the head's part."""

    staff_id = HiddenField()
    belongs = BooleanField(_l("عضو لاین"))
    share_bp = PercentField(_l("سهم دستیار"))


class LineForm(NamedForm):
    """A line with its people."""

    head_id = RowField(_l("سرلاین"))
    people = FieldList(FormField(_MemberForm))

    def show(self, members: dict[int, int], staff: Sequence[StaffMember]) -> None:
        """Offer these people; those of the line are chosen."""
        self.head_id.offer([(person.id, person.name) for person in staff], _l("بی سرلاین"))
        if self.is_submitted():
            return
        for person in staff:
            share = members.get(person.id)
            said = {"staff_id": str(person.id), "belongs": share is not None, "share_bp": share or None}
            self.people.append_entry(said)

    def members(self) -> dict[int, int]:
        """The share of everybody who belongs to the line, in basis points."""
        return {
            int(person.staff_id.data): person.share_bp.data or 0
            for person in self.people
            if person.belongs.data and str(person.staff_id.data).isdecimal()
        }
