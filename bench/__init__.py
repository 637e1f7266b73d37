"""What the daily work costs over HTTP, beside a floor that writes the same rows by hand."""
