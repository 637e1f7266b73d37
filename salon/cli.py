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
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy.exc import OperationalError

from .access.models import ApiToken, Role, User
from .access.queries import token_of, tokens, user_by_name
from .access.services import change_password, create_token, create_user, hash_of, revoke_token
from .app import create_app
from .cashbox.audit.queries import verify_cashbox
from .cashbox.boxes.services import furnish
from .cashbox.deposits.queries import verify_deposits
from .club.wallet.queries import verify_lots
from .config import ConfigError, Settings, load_settings
from .core import clock
from .core.db import transaction
from .core.errors import DomainError
from .core.paper import warm_up
from .demo.commands import demo_command
from .imports.commands import import_command
from .invoices.audit.queries import verify_invoices
from .invoices.stock.queries import verify_stock
from .ledger.queries import verify_journal
from .messaging.jobs import DELIVERY
from .payroll.audit.queries import verify_payroll
from .reports.commands import report
from .setup.queries import default_branch, is_set_up
from .setup.services import init_salon
from .staff.queries import by_code
from .worker import JOBS, start_consumer
from .years.audit.queries import verify_years

FOUNDING = frozenset({"init", "demo", "serve"})  # these make a salon where there is none; all others look for one

WARM_UP_SECONDS = 3.0  # after the start, when the desk has had its first page


@click.group()
@click.pass_context
def salon(context: click.Context) -> None:
    """Salon: appointments, invoices, cashbox and customer club of a beauty salon."""
    founding = context.invoked_subcommand in FOUNDING
    if context.obj is None:
        context.obj = ScriptInfo(create_app=lambda: create_app(load_settings(founding=founding)), set_debug_flag=False)


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
        now = clock.now()
        branch = init_salon(name=name, actor=None, now=now)
        furnish(branch_id=branch.id, actor=None, now=now)
    click.echo("The salon is ready. Next: salon user create NAME --role owner")


@salon.group()
def user() -> None:
    """People who work with the program."""


@user.command("create")
@click.argument("name")
@click.option("--full-name", default="", help="Her name as it is shown; the login name unless given.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.RECEPTIONIST.value)
@click.option("--staff", "code", help="Who of the people she is, by her code; a stylist sees her own pay only.")
@click.password_option(help="Asked for when it is not given.")
@with_appcontext
def create_user_command(name: str, full_name: str, role: str, code: str | None, password: str) -> None:
    """Let somebody work with the program."""
    kept = hash_of(password)
    staff_id = None if code is None else _staff_of(code)
    with transaction():
        create_user(
            name=name,
            full_name=full_name or name,
            role=role,
            password_hash=kept,
            branch_id=default_branch().id,
            staff_id=staff_id,
            actor=None,
            now=clock.now(),
        )
    click.echo(f"{name} may log in.")


@user.command("password")
@click.argument("name")
@click.password_option(help="Asked for when it is not given.")
@with_appcontext
def password_command(name: str, password: str) -> None:
    """Give somebody a new password; it ends her sessions."""
    found = _user_of(name)
    kept = hash_of(password)
    with transaction():
        change_password(user=found, password_hash=kept, actor=None, now=clock.now())
    click.echo(f"{found.name} has a new password.")


def _staff_of(code: str) -> int:
    found = by_code(default_branch().id, code)
    if found is None:
        raise click.ClickException(f"There is nobody of the code {code}; the screen of the staff shows them.")
    return found.id


def _user_of(name: str) -> User:
    found = user_by_name(name)
    if found is None:
        raise click.ClickException(f"There is no user {name}.")
    return found


@salon.group()
def token() -> None:
    """Bearer tokens of the API."""


@token.command("create")
@click.option("--user", "name", required=True, help="Whose permissions the token has.")
@with_appcontext
def create_token_command(name: str) -> None:
    """Print a new bearer token, alone on its line; it is shown only now."""
    found = _user_of(name)
    with transaction():
        plain = create_token(user=found, actor=None, now=clock.now())
    click.echo(plain)


@token.command("list")
@click.option("--user", "name", help="Only hers.")
@with_appcontext
def list_tokens_command(name: str | None) -> None:
    """Which tokens there are: number, user, when it was made (UTC), and whether it opens the API."""
    for kept in tokens(None if name is None else _user_of(name).id):
        click.echo(f"{kept.id:>6}  {kept.user.name:<20}  {kept.created_at:%Y-%m-%d %H:%M}  {_state_of(kept)}")


@token.command("revoke")
@click.argument("number", type=click.IntRange(min=1))
@with_appcontext
def revoke_token_command(number: int) -> None:
    """Take back the token of this NUMBER; whoever holds it is refused at once."""
    kept = token_of(number)
    if kept is None:
        raise click.ClickException(f"There is no token {number}; salon token list shows them.")
    with transaction():
        revoke_token(token=kept, actor=None, now=clock.now())
    click.echo(f"Token {number} of {kept.user.name} is revoked.")


def _state_of(kept: ApiToken) -> str:
    if kept.revoked_at is not None:
        return f"revoked {kept.revoked_at:%Y-%m-%d %H:%M}"
    return "valid" if kept.user.active else "of a locked user"


AUDITS = (
    verify_journal,
    verify_lots,
    verify_deposits,
    verify_invoices,
    verify_stock,
    verify_cashbox,
    verify_payroll,
    verify_years,
)


@salon.group()
def ledger() -> None:
    """The books."""


@ledger.command("verify")
@with_appcontext
def verify_command() -> None:
    """Audit journal, lots, deposits, invoices, stock, boxes, pay and closed years; exits 1 and names what is off."""
    findings = [finding for verify in AUDITS for finding in verify()]
    for finding in findings:
        click.echo(finding, err=True)
    if findings:
        raise click.ClickException(f"{len(findings)} findings")
    click.echo("The books are in order.")


@salon.group()
def jobs() -> None:
    """Work that is otherwise done in the background."""


@jobs.command("list")
def list_jobs_command() -> None:
    """Name the jobs."""
    for name, job in JOBS.items():
        click.echo(f"{name:<20}  {(job.__doc__ or '').partition(';')[0]}")


@jobs.command("run")
@click.argument("name", type=click.Choice(list(JOBS)))
@with_appcontext
def run_job_command(name: str) -> None:
    """Do the job NAME now, until nothing of it is left."""
    _run(name)


@jobs.command("deliver")
@with_appcontext
def deliver_command() -> None:
    """Send the messages that are due: short for run deliver_messages."""
    _run(DELIVERY)


def _run(name: str) -> None:
    done = 0
    while some := JOBS[name](clock.now()):
        done += some
    click.echo(f"{name}: {done} done.")


@salon.command("serve")
@with_appcontext
def serve_command() -> None:
    """Serve the salon on PORT, with its background jobs."""
    settings: Settings = current_app.config["SALON"]
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own method
    flask_migrate.upgrade()
    server = _server(application, settings)
    stop_jobs = start_consumer(application)
    _on_termination(sys.exit)  # the server lets the requests under way finish, then returns
    click.echo(f"Salon: http://{_written(settings.host)}:{port_of(server)}")
    _warm_up_later()
    try:
        server.run()
    finally:
        stop_jobs()


def _server(application: Flask, settings: Settings) -> Any:
    """What listens on the address of the settings. Raises ConfigError."""
    try:
        return waitress.create_server(application, host=settings.host, port=settings.port, threads=settings.threads)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "there is no such address"
        raise ConfigError(
            f"SALON_HOST, PORT: nobody can listen on {settings.host}, port {settings.port}: {why}"
        ) from None


def port_of(server: Any) -> int:
    """Its port; a name like localhost may stand for two addresses."""
    listening = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    return int(listening[0][1])


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


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


def _warm_up_later() -> None:
    """Have what is loaded late loaded before it is needed."""
    warming = threading.Timer(WARM_UP_SECONDS, warm_up)
    warming.daemon = True  # nobody waits for it at the end
    warming.start()


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
    except OperationalError as error:
        click.echo(f"The database cannot be used: {error.orig}", err=True)
        sys.exit(1)
