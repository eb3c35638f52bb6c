"""A real browser in front of the real site, in which nothing may go wrong unseen."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    sync_playwright,
)

from maillage.foundation.accounts.models import Person

ARGUMENTS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK = 360, 1280
# A tile of the map, for a browser that may not go out to fetch it.
EMPTY_TILE = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256'/>",
    "image/svg+xml",
)

# With SQLite in memory the site and the test share one connection: each waits for the other.
TURN = threading.RLock()


class OneAtATime(StaticFilesHandler):
    """Answers one request after another where the connection is shared."""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer when nobody else uses the connection."""
        with turn():
            return super().__call__(environ, start_response)


def turn() -> AbstractContextManager[Any]:
    """Return what a test holds while it uses the database and pages may be asking for more."""
    shared = connection.vendor == "sqlite" and connection.is_in_memory_db()
    return TURN if shared else nullcontext()


@dataclass
class Site:
    """The site as a browser meets it, and everything that went wrong there."""

    address: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note every error of a page, and every request that leaves the site."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._answered)

    def keep_inside(self, route: Route, request: Request) -> None:
        """Let requests to the site through, answer those for map tiles, note all others."""
        if request.url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        elif "tile" in request.url:
            route.fulfill(body=EMPTY_TILE[0], content_type=EMPTY_TILE[1])
        else:
            self.faults.append(f"asks for {request.url}")
            route.abort()

    def _said(self, message: ConsoleMessage) -> None:
        # The browser also prints the refusals that the site sends on purpose (403, 404, 422).
        refusal = message.text.startswith("Failed to load resource") and "50" not in message.text
        if message.type in {"error", "warning"} and not refusal:
            self.faults.append(f"{message.location.get('url', '')}: {message.text}")

    def _answered(self, response: Response) -> None:
        static = "/static/" in response.url
        if response.status >= 500 or (static and response.status >= 400):
            self.faults.append(f"{response.url}: {response.status}")


@pytest.fixture(scope="module", autouse=True)
def chromium() -> Iterator[Browser]:
    """The system's browser; without one the tests fail, for nobody would have looked."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as driver, pytest.MonkeyPatch.context() as environment:
        # The driver keeps a loop in this thread, which Django takes for asynchronous code.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def serving() -> Iterator[Site]:
    """Serve the site to browsers; fail for anything that went wrong in one of them."""
    shared = connection.vendor == "sqlite" and connection.is_in_memory_db()
    if shared:
        connection.inc_thread_sharing()
    override = {DEFAULT_DB_ALIAS: connections[DEFAULT_DB_ALIAS]} if shared else None
    server = LiveServerThread("localhost", OneAtATime, override)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    found = Site(f"http://localhost:{server.port}")
    yield found
    # The connection stays shared: a thread of the server may still be closing its last request.
    server.terminate()
    assert not found.faults, "\n".join(found.faults)


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    """The site, served to browsers, with an empty database."""
    with serving() as found:
        yield found


type Browsing = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def browsing(site: Site, chromium: Browser) -> Browsing:
    """Open a tab for a person, or for a visitor, in a language and at a width."""

    @contextmanager
    def tab(
        person: Person | None = None, *, language: str = "en", width: int = DESK
    ) -> Iterator[Page]:
        context = chromium.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 800},
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        context.route("**/*", site.keep_inside)
        _remember(context, site, person)
        page = context.new_page()
        site.watch(page)
        try:
            yield page
        finally:
            context.close()

    return tab


def _remember(context: BrowserContext, site: Site, person: Person | None) -> None:
    """Plant the session of somebody who signed in."""
    if person is None:
        return
    client = Client()
    with turn():
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    cookies = [
        {"name": name, "value": morsel.value, "url": site.address}
        for name, morsel in client.cookies.items()
    ]
    context.add_cookies(cookies)  # type: ignore[arg-type]  # a typed dict of the library
