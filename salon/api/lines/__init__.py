"""Lines (لاین) through the API."""
