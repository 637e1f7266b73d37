"""The double-entry journal: the one place where value moves."""
