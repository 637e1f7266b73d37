"""When people work: weekdays with breaks, other hours of a date, absences."""
