"""The salon itself under the web server of `salon serve`; its jobs run elsewhere, as with `salon worker`."""

import sys

from salon.app import create_app
from salon.config import load_settings

from .serving import serve

if __name__ == "__main__":
    settings = load_settings({"SALON_INSTANCE": sys.argv[1]})
    serve(create_app(settings), settings.threads)
