"""The application for a WSGI server of your own."""

from .app import create_app

app = create_app()
