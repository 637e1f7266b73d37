"""The salon itself under the web server of `salon serve`; its jobs run elsewhere, as with `salon worker`."""

import sys

import waitress

from salon.app import create_app
from salon.config import load_settings

if __name__ == "__main__":
    settings = load_settings({"SALON_INSTANCE": sys.argv[1]})
    server = waitress.create_server(create_app(settings), host="127.0.0.1", port=0, threads=settings.threads)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()
