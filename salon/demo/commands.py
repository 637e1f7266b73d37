"""`salon demo`."""

from collections.abc import Iterable, Iterator
from datetime import date

import click
import flask_migrate
from flask.cli import with_appcontext

from ..access.queries import user_by_name
from ..core import clock
from ..core.db import transaction
from ..core.pages import settings
from ..setup.queries import is_set_up
from .opening.services import LOGINS
from .people.rules import STAR, STAR_SWIPE
from .services import CUSTOMERS, DAYS, make_demo


@click.command("demo")
@click.option("--days", type=click.IntRange(min=1), default=DAYS, show_default=True, help="How many past days to tell.")
@click.option("--customers", type=click.IntRange(20, 2000), default=CUSTOMERS, show_default=True)
@with_appcontext
def demo_command(days: int, customers: int) -> None:
    """Fill a new salon with lifelike data; one that is there already stays as it is."""
    flask_migrate.upgrade()
    if is_set_up():
        click.echo("The salon is there already and stays as it is.")
    else:
        with transaction():
            make_demo(card_key=settings().card_key, now=clock.now(), days=days, customers=customers, pace=_shown)
    _say_logins()


def _shown(days: Iterable[date]) -> Iterator[date]:
    """The days, with a bar that shows how many are left."""
    with click.progressbar(list(days), label="Making the demo salon") as bar:
        yield from bar


def _say_logins() -> None:
    """Say how to log in, as far as this salon has the demo's users."""
    known = [login for login in LOGINS if user_by_name(login.name) is not None]
    for login in known:
        click.echo(f"Login: {login.name}  Password: {login.password}")
    if known:
        click.echo(f"Card of {STAR.first_name} {STAR.last_name}: {STAR_SWIPE}")
