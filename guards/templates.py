"""Makes the databases that tests copy, once for all faults, and tells where they are."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from tests.conftest import make_templates
from tests.postgres import PostgresServer


def make(folder: Path, server: PostgresServer) -> None:
    """Make them in a folder and on a server, and write `templates.json` beside them."""
    files = [f"sqlite:///{folder / name}.db" for name in ("empty", "with_salon")]
    made = {
        "sqlite": make_templates(*files, folder),
        "postgresql": make_templates(server.create(), server.create(), folder),
    }
    told = json.dumps({engine: asdict(templates) for engine, templates in made.items()})
    (folder / "templates.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), PostgresServer(os.environ["SALON_TEST_DATABASE_URL"]))
