"""A served salon and a browser before it; a page that complains, or a fault of the server, fails its test."""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from salon.core import clock
from salon.core.db import transaction
from salon.invoices.rules import LineSpec
from salon.invoices.services import draft
from salon.worker import start_consumer
from tests.factories import SmallSalon

from .looks import DESKTOP
from .receptionist import Receptionist

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The browser prints without a printer; how often it was told to is kept for the test.
COUNT_PRINTS = "window.print = () => localStorage.setItem('prints', 1 + Number(localStorage.getItem('prints')))"
Screen = Callable[..., Receptionist]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each has a profile of its own."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def the_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let the salon's clock go on from its fixed moment, so that it is always open."""
    started = time.monotonic()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=time.monotonic() - started))


@pytest.fixture
def app(the_clock: None, app: Flask) -> Flask:
    """The application, built after its clock was set."""
    return app


@pytest.fixture
def address(app: Flask, salon: SmallSalon) -> Iterator[str]:
    """The address of the salon, served as it is for real."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    serving = threading.Thread(target=server.run)
    serving.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(server.close)  # in its own thread, which wakes at once
    serving.join()
    server.task_dispatcher.shutdown()


@pytest.fixture
def jobs(app: Flask, salon: SmallSalon) -> Iterator[None]:
    """The background jobs that run beside the server."""
    stop = start_consumer(app)
    yield
    stop()


def watch(page: Page, complaints: list[str]) -> None:
    """Note every complaint of the page and every fault of the server."""

    def answered(answer: Response) -> None:
        if answer.status >= 500:
            complaints.append(f"{answer.status} {answer.request.method} {answer.url}")

    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    # A refusal (4xx) is an answer to the receptionist; the browser notes it, but it is no fault of the page.
    page.on(
        "console",
        lambda said: (
            complaints.append(f"console: {said.text}")
            if said.type == "error" and "status of 4" not in said.text
            else None
        ),
    )
    page.on("response", answered)


def log_in(context: BrowserContext, name: str, password: str) -> None:
    """Log in without a page; a test that looks at the login does it by keyboard."""
    token = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', context.request.get("/login").text())[0]
    typed = {"csrf_token": token, "name": name, "password": password}
    answer = context.request.post("/login", form=typed, max_redirects=0)
    assert answer.status == 303, answer.text()


@pytest.fixture
def screen(chromium: Browser, address: str, now: datetime, salon: SmallSalon) -> Iterator[Screen]:
    """Open a screen; `user` is logged in already and sees the page `at`, the empty one is not."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_screen(user: str = "desk", at: str = "/desk") -> Receptionist:
        context = chromium.new_context(
            base_url=address, viewport=DESKTOP, locale="fa-IR", timezone_id="Asia/Tehran", reduced_motion="reduce"
        )
        contexts.append(context)
        context.add_init_script(COUNT_PRINTS)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.clock.set_fixed_time(now)
        watch(page, complaints)
        receptionist = Receptionist(page)
        if user:
            log_in(context, user, salon.password)
        if user and at:
            page.goto(at)
        return receptionist

    yield open_screen
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def written(app: Flask, salon: SmallSalon, now: datetime) -> Callable[..., int]:
    """Write a draft for Zahra: a cut by Sara, 450,000 rials."""

    def write() -> int:
        with transaction():
            lines = [LineSpec(service_id=salon.cut, staff_id=salon.sara)]
            return draft(
                branch_id=salon.branch_id, customer_id=salon.zahra, lines=lines, actor_id=salon.desk_id, now=now
            )

    return write
