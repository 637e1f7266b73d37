"""A lifelike salon to try the program with, made by the same services that a real one uses."""
