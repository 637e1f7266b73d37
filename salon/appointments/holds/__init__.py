"""Times that are kept while somebody is being booked."""
