"""Shapes of fiscal years. `year` is Jalali; amounts are rials."""

from marshmallow import Schema, fields, validate

from ...years.rules import JALALI_YEARS
from ..schemas import Given, Utc, Whole

YEAR = {"year": 1407}
REASON = {"reason": "یک فاکتور جا مانده است"}


class FiscalYearSchema(Given):
    """A year of the books: half-open days, and who closed it when."""

    id = fields.Integer()
    year = fields.Integer(attribute="jalali_year")
    starts_on = fields.Date()
    ends_before = fields.Date()
    closed = fields.Boolean()
    closed_at = Utc(allow_none=True)
    closed_by = fields.Integer(allow_none=True)


class FiscalYearsSchema(Given):
    """All years, the latest first."""

    items = fields.List(fields.Nested(FiscalYearSchema))


class NewFiscalYearSchema(Schema):
    """A Jalali year whose books are to be opened."""

    year = Whole(JALALI_YEARS[0], JALALI_YEARS[-1], required=True)


class ReopeningSchema(Schema):
    """Why a closed year is opened again."""

    reason = fields.String(required=True, validate=validate.Length(1, 300))
