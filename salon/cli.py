"""The `salon` command."""

import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import click
import flask_migrate
import waitress
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext

from .access.models import Role
from .access.queries import user_by_name
from .access.services import create_token, create_user, hash_of
from .app import create_app
from .club.wallet.queries import verify_lots
from .config import ConfigError, Settings
from .core import clock
from .core.db import transaction
from .core.errors import DomainError
from .demo.commands import demo_command
from .imports.commands import import_command
from .invoices.audit.queries import verify_invoices
from .ledger.queries import verify_journal
from .messaging.jobs import deliver_due
from .reports.commands import report
from .setup.queries import default_branch, is_set_up
from .setup.services import init_salon
from .worker import start_consumer


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False, add_version_option=False)
def salon() -> None:
    """Salon: appointments, invoices, cashbox and customer club of a beauty salon."""


salon.add_command(import_command)
salon.add_command(report)


@salon.command("init")
@click.option("--name", default="سالن زیبایی", show_default=True, help="Name of the salon.")
@with_appcontext
def init_command(name: str) -> None:
    """Create or upgrade the database, and the salon in it if there is none."""
    flask_migrate.upgrade()
    if is_set_up():
        click.echo("The salon is there already; its database is up to date.")
        return
    with transaction():
        init_salon(name=name, now=clock.now())
    click.echo("The salon is ready. Next: salon user create NAME --role owner")


@salon.group()
def user() -> None:
    """People who work with the program."""


@user.command("create")
@click.argument("name")
@click.option("--full-name", default="", help="Her name as it is shown; the login name unless given.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.RECEPTIONIST.value)
@click.password_option(help="Asked for when it is not given.")
@with_appcontext
def create_user_command(name: str, full_name: str, role: str, password: str) -> None:
    """Let somebody work with the program."""
    kept = hash_of(password)
    with transaction():
        create_user(
            name=name,
            full_name=full_name or name,
            role=role,
            password_hash=kept,
            branch_id=default_branch().id,
            now=clock.now(),
        )
    click.echo(f"{name} may log in.")


@salon.group()
def token() -> None:
    """Bearer tokens of the API."""


@token.command("create")
@click.option("--user", "name", required=True, help="Whose permissions the token has.")
@with_appcontext
def create_token_command(name: str) -> None:
    """Print a new bearer token, alone on its line; it is shown only now."""
    found = user_by_name(name)
    if found is None:
        raise click.ClickException(f"There is no user {name}.")
    with transaction():
        plain = create_token(user=found, now=clock.now())
    click.echo(plain)


@salon.group()
def ledger() -> None:
    """The books."""


@ledger.command("verify")
@with_appcontext
def verify_command() -> None:
    """Audit journal, lots and invoices; exits 1 and names what is off."""
    findings = [*verify_journal(), *verify_lots(), *verify_invoices()]
    for finding in findings:
        click.echo(finding, err=True)
    if findings:
        raise click.ClickException(f"{len(findings)} findings")
    click.echo("The books are in order.")


@salon.group()
def jobs() -> None:
    """Work that is otherwise done in the background."""


@jobs.command("deliver")
@with_appcontext
def deliver_command() -> None:
    """Send the messages that are due."""
    sent = 0
    while batch := deliver_due(clock.now()):
        sent += batch
    click.echo(f"{sent} messages taken up.")


@salon.command("serve")
@with_appcontext
def serve_command() -> None:
    """Serve the salon on PORT, with its background jobs."""
    settings: Settings = current_app.config["SALON"]
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own method
    flask_migrate.upgrade()
    server = waitress.create_server(application, host=settings.host, port=settings.port, threads=settings.threads)
    stop_jobs = start_consumer(application)
    _on_termination(sys.exit)  # the server lets the requests under way finish, then returns
    click.echo(f"Salon: http://{settings.host}:{server.effective_port}")
    try:
        server.run()
    finally:
        stop_jobs()


@salon.command("worker")
@with_appcontext
def worker_command() -> None:
    """Do the background jobs only; the desks are served by other processes."""
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own method
    ended = threading.Event()
    stop_jobs = start_consumer(application)
    _on_termination(ended.set)
    ended.wait()
    stop_jobs()


def _on_termination(stop: Callable[[], Any]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _signal, _frame: stop())


salon.add_command(demo_command)


def main() -> None:
    """Run the command; a refusal is one sentence, not a trace."""
    try:
        salon()
    except (ConfigError, DomainError) as error:
        click.echo(getattr(error, "message", str(error)), err=True)
        sys.exit(1)
