"""The dialog of a booking: services of a visit, times that fit it, a time kept while she types."""
