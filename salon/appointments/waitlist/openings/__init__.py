"""Whether anything opened since those who wait were last looked at."""
