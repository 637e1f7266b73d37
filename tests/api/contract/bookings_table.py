"""What the API promises about the report of booked times. Minutes and basis points."""

from .kinds import DAY, NUMBER, TEXT

_OUTCOMES = dict.fromkeys(("waiting", "came", "no_show", "cancelled", "late", "no_show_bp", "late_bp"), NUMBER)
_MADE_OF = {"services": NUMBER, "minutes": NUMBER}
_FULL = dict.fromkeys(("booked", "worked", "occupied_bp"), NUMBER)
BOOKING_ROWS = {
    "bookings-by-day": {"day": DAY, "bookings": NUMBER, **_MADE_OF, **_OUTCOMES},
    "bookings-by-staff": {"id": NUMBER, "staff": TEXT, **_MADE_OF, **_OUTCOMES},
    "bookings-by-service": {"id": NUMBER, "service": TEXT, **_MADE_OF, **_OUTCOMES},
    "bookings-by-status": {"status": TEXT, "label": TEXT, "bookings": NUMBER, **_MADE_OF},
    "staff-utilisation": {"id": NUMBER, "staff": TEXT, **_FULL},
    "resource-utilisation": {"id": NUMBER, "resource": TEXT, "capacity": NUMBER, **_FULL},
    "rebooking": {"day": DAY, "visits": NUMBER, "rebooked": NUMBER, "rebooked_bp": NUMBER},
}
