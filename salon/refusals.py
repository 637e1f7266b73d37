"""What the database itself refuses, by the name of the rule that refuses it: every room's, so that none is a fault."""

from .access import errors as access
from .appointments import errors as appointments
from .cashbox import errors as cashbox
from .catalog import errors as catalog
from .club import errors as club
from .customers import errors as customers
from .inventory import errors as inventory
from .invoices import errors as invoices
from .ledger import errors as ledger
from .payroll import errors as payroll
from .setup import errors as setup
from .staff import errors as staff
from .years import errors as years

REFUSALS = {
    **access.REFUSALS,
    **appointments.REFUSALS,
    **cashbox.REFUSALS,
    **catalog.REFUSALS,
    **club.REFUSALS,
    **customers.REFUSALS,
    **inventory.REFUSALS,
    **invoices.REFUSALS,
    **ledger.REFUSALS,
    **payroll.REFUSALS,
    **setup.REFUSALS,
    **staff.REFUSALS,
    **years.REFUSALS,
}
