"""Names every room that has tables, so that migrations and tests see them all."""

from .access import models as access
from .appointments import models as appointments
from .appointments.queue import models as queue
from .appointments.requests import models as requests
from .appointments.slot_offers import models as slot_offers
from .appointments.waitlist import models as waitlist
from .appointments.wanted import models as wanted
from .cashbox import models as cashbox
from .catalog import models as catalog
from .club import models as club
from .customers import models as customers
from .inventory import models as inventory
from .invoices import models as invoices
from .ledger import models as ledger
from .messaging import models as messaging
from .payroll import models as payroll
from .setup import models as setup
from .staff import models as staff
from .years import models as years

__all__ = [
    "access",
    "appointments",
    "cashbox",
    "catalog",
    "club",
    "customers",
    "inventory",
    "invoices",
    "ledger",
    "messaging",
    "payroll",
    "queue",
    "requests",
    "setup",
    "slot_offers",
    "staff",
    "waitlist",
    "wanted",
    "years",
]
