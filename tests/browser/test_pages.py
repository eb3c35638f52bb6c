"""Every page, as people meet it: on a phone and on a desk, in French and in English.

Each run looks at every page once, in one language and at one width in turn; with
MAILLAGE_FULL_MATRIX=yes, as `make check` sets it, in both languages and at both widths.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from maillage.config import environment
from tests.browser.conftest import DESK, PHONE, Browsing, Site, serving, turn
from tests.cast import cast_of
from tests.web.french import english_left
from tests.web.world import Opened, World, areas, pages_to_look_at, world_of

FULL_MATRIX = environment.flag("FULL_MATRIX", default=False)
LOOKS = [(language, width) for width in (PHONE, DESK) for language in ("fr", "en")]
FIRST_VISIT_BYTES = 100_000
FIRST_VISIT_REQUESTS = 12
LATER_PAGE_BYTES = 30_000


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A network in which everything has happened once; nobody changes it, pages are looked at."""
    with django_db_blocker.unblock():
        yield world_of(cast_of("metiers-partages"))
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    """The site of that network, served to browsers."""
    with serving() as found:
        yield found


@pytest.mark.parametrize("area", areas())
def test_pages_serve_everybody(world: World, browsing: Browsing, area: str) -> None:
    with turn():
        pages = pages_to_look_at(world, area)
    faults: list[str] = [
        f"{page}: {weight} bytes" for page in pages if (weight := _sent(page)) > LATER_PAGE_BYTES
    ]
    for who in dict.fromkeys(page.who for page in pages):
        hers = [page for page in pages if page.who == who]
        for rank, look in enumerate(LOOKS):
            looked_at = hers if FULL_MATRIX else hers[rank :: len(LOOKS)]
            if looked_at:
                faults += _faults_of(world, browsing, looked_at, *look)
    assert not faults, "\n".join(faults)


def _faults_of(
    world: World, browsing: Browsing, pages: list[Opened], language: str, width: int
) -> Iterator[str]:
    with browsing(world.person(pages[0].who), language=language, width=width) as tab:
        for page in pages:
            answer = tab.goto(page.door.url, wait_until="load")
            status = answer.status if answer else 0
            found = [f"answers {status}"] if status != 200 else _look(tab, language)
            yield from (f"{page}, {language}, {width}: {fault}" for fault in found)


def _look(tab: Page, language: str) -> list[str]:
    faults = []
    if (lang := tab.evaluate("document.documentElement.lang")) != language:
        faults.append(f"says lang={lang!r}")
    wide = tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        faults.append(f"scrolls sideways by {wide} px: {tab.evaluate(WIDEST)}")
    for violation in Axe().run(tab).response["violations"]:
        places = [node["html"][:160] for node in violation["nodes"]][:2]
        faults.append(f"{violation['id']}: {' and '.join(places)}")
    # The living page of components shows developers the words of the code.
    if language == "fr" and "/composants/" not in tab.url:
        faults += [f"in English: {text}" for text in english_left(tab.content())]
    return faults


# The element that sticks out most, for whoever has to repair it.
WIDEST = """() => {
    const width = window.innerWidth;
    const out = [...document.querySelectorAll('body *')]
        .map(one => [one.getBoundingClientRect().right, one])
        .filter(([right]) => right > width)
        .sort((a, b) => b[0] - a[0]);
    return out.length ? out[0][1].outerHTML.slice(0, 160) : '';
}"""


def test_first_visit_is_light(world: World, browsing: Browsing, site: Site) -> None:
    for start in ("/", "/account/login/"):
        with browsing() as tab:
            asked: list[str] = []
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            tab.goto(start, wait_until="networkidle")
            assert tab.url.startswith(site.address + start)
        with turn():
            weights = {url: _weight(url, site.address) for url in asked}
        assert len(asked) <= FIRST_VISIT_REQUESTS, asked
        assert sum(weights.values()) <= FIRST_VISIT_BYTES, weights


def _sent(page: Opened) -> int:
    """Return what a page alone weighs on the wire, for somebody who has been here before."""
    return len(brotli.compress(page.response.content, quality=5))


def _weight(url: str, address: str) -> int:
    """Return what an answer weighs on the wire: pictures as they are, the rest compressed."""
    client = Client(headers={"accept-language": "fr"})
    path = url.removeprefix(address)
    if path.startswith("/static/"):
        content = _static(path.removeprefix("/static/"))
    else:
        content = client.get(path).content
    if re.search(r"\.(?:png|jpe?g|webp|avif|woff2)$", path):
        return len(content)
    return len(brotli.compress(content))


def _static(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path).read_bytes()
