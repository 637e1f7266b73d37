"""Patch tests: kept on file, and asked for before a service that needs one."""
