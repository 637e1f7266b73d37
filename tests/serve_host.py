"""Starts `salon serve` again and again without importing it anew: a process for each line that comes in."""

import os
import signal
import sys

from salon.cli import main


def host() -> None:
    """Give the number of each server's process, after which the server itself says its address."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        number = os.fork()
        if not number:
            os.setpgrp()
            sys.argv = ["salon", "serve"]
            main()
            os._exit(0)
        sys.stdout.write(f"process {number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    host()
