"""The application factory."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from . import tables  # noqa: F401  # names every table, also those no view imports
from .config import Settings, load_settings
from .core.db import db, prepare_engine

HOUSE = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Raises ConfigError when a setting is wrong."""
    settings = settings or load_settings()
    app = Flask("salon", template_folder=str(HOUSE / "templates"), static_folder=str(HOUSE / "static"))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SALON=settings,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        TESTING=settings.testing,
    )
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(HOUSE / "migrations"), compare_type=True)
    return app
