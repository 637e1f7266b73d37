"""The forms of group visits."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, Length

from ...core.forms import DAY_NEEDED, JalaliDateField, MobileField, NoteField, RowField, TextField, TimeOfDayField
from ..models import GroupMember, GroupTask, GroupVisit

_NAME = Length(max=GroupVisit.name.type.length)
_RELATION = Length(max=GroupMember.relation.type.length)


class GroupForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A file: its great day, what it is called, and what is to be known."""

    day = JalaliDateField(_l("روز مراسم"), [DAY_NEEDED])
    name = TextField(_l("نام پرونده"), [_NAME])
    note = NoteField(_l("یادداشت"), [Length(max=GroupVisit.note.type.length)])


class CompanionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A companion who is here for the first time."""

    first_name = TextField(_l("نام"), [DataRequired(_l("نام را بنویسید.")), Length(max=80)])
    last_name = TextField(_l("نام خانوادگی"), [Length(max=80)])
    mobile = MobileField(_l("موبایل"))
    relation = TextField(_l("نسبت"), [_RELATION])


class TaskForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Something to be done until a day."""

    title = TextField(_l("کار"), [DataRequired(_l("کار را بنویسید.")), Length(max=GroupTask.title.type.length)])
    due_on = JalaliDateField(_l("تا روز"))
    staff_id = RowField(_l("چه کسی"))


class MoveForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """When the first of the group is to begin instead."""

    day = JalaliDateField(_l("روز تازه"), [DAY_NEEDED])
    minutes = TimeOfDayField(_l("آغاز نخستین نوبت"))
