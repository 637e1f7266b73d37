"""Lines (لاین): heads with their people."""
