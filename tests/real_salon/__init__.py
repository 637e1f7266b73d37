"""A whole real salon, moved in from its old program's exports."""
