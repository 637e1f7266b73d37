"""The JSON API: the same services as the screens, errors as problem+json."""
