"""Who is here: in and out at the desk, hours present and absent (حضور و غیاب)."""
