"""Shapes of reports and balances. Amounts are rials, debits positive."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from ...ledger.models import AccountKind, Unit
from ...reports.rules import Column, Kind
from ..schemas import Given, left_out

_FIELDS = {
    Kind.TEXT: fields.String,
    Kind.COUNT: fields.Integer,
    Kind.MONEY: fields.Integer,
    Kind.DAY: fields.Date,
    Kind.MONTH: fields.Date,
    Kind.PERCENT: fields.Integer,  # basis points
}


def report_schema(name: str, columns: Sequence[Column]) -> type[Schema]:
    """A report: its rows with a field for each column, and the sum that it is about."""
    called = name.replace("-", " ").title().replace(" ", "")
    row = Given.from_dict({column.name: _FIELDS[column.kind]() for column in columns}, name=f"{called}RowSchema")
    whole: dict[str, fields.Field[Any]] = {"rows": fields.List(fields.Nested(row)), "total": fields.Integer()}
    return Given.from_dict(whole, name=f"{called}ReportSchema")


class AskedAccountsSchema(Schema):
    """Which accounts are asked for; all of them without a kind."""

    kind = fields.String(load_default=left_out, validate=validate.OneOf([*AccountKind]))


class AccountSchema(Given):
    """An account: its owner is a customer, staff, a box or a category by kind, 0 the salon itself."""

    kind = fields.String(validate=validate.OneOf([*AccountKind]))
    owner = fields.Integer()
    unit = fields.String(validate=validate.OneOf([*Unit]))
    balance = fields.Integer()


class AccountsSchema(Given):
    """Accounts with their balances."""

    items = fields.List(fields.Nested(AccountSchema))
