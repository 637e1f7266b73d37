"""Finding a time for several customers at once, and booking, moving and calling off their visits together."""
