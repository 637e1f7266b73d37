"""Money of customers that the salon holds: deposits for bookings (بیعانه) and on-account money (علی‌الحساب)."""
