"""The page as people meet it: in a browser, on a phone and a desk, by day and by night."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from maillage.launch.shared_jobs.needs_file import RejectedRow
from maillage.launch.shared_jobs.outcome import Outcome
from maillage.launch.shared_jobs.reports import page
from maillage.launch.shared_jobs.reports.page import render_page
from tests.launch.shared_jobs.reports.results import many_jobs, outcome, survey

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK = 360, 1280


def full() -> Outcome:
    """Return a result with something in every section of the page."""
    rejected = [RejectedRow("needs.csv", 7, "m08", "x" * 60, "this is not a number of hours")]
    return outcome(
        status="FEASIBLE",
        bound_units=850,
        stopped_early=True,
        survey=survey(rejected=rejected, notes=["One firm has two names."]),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


class Show(Protocol):
    """Opens the page of a result, and returns its tab."""

    def __call__(
        self, result: Outcome, *, width: int, language: str = "fr", dark: bool = False
    ) -> Page: ...


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    opened = []

    def open_page(result: Outcome, *, width: int, language: str = "fr", dark: bool = False) -> Page:
        with translation.override(language):
            (tmp_path / "page.html").write_bytes(render_page(result))
        tab = browser.new_page(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
        )
        opened.append(tab)
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto((tmp_path / "page.html").as_uri())
        return tab

    asked: list[str] = []
    yield open_page
    for tab in opened:
        tab.close()
    # Whatever a test does with it, a page asks for nothing but itself.
    assert [url for url in asked if not url.endswith("/page.html") and url != "data:,"] == []


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(("language", "dark"), [("fr", False), ("en", True)])
def test_page_has_no_accessibility_fault(
    show: Show, width: int, language: str, *, dark: bool
) -> None:
    tab = show(full(), width=width, language=language, dark=dark)
    for summary in tab.query_selector_all("summary"):
        summary.click()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()


def test_page_without_a_job_has_no_accessibility_fault(show: Show) -> None:
    found = Axe().run(show(outcome(jobs=()), width=DESK))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_long_page_has_no_accessibility_fault(
    show: Show, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MANY_JOBS", 6)
    monkeypatch.setattr(page, "MOST_STRIPS", 8)
    found = Axe().run(show(many_jobs(12), width=width))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_page_never_scrolls_sideways(show: Show, width: int) -> None:
    tab = show(full(), width=width)
    for summary in tab.query_selector_all("summary"):
        summary.click()
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_phone_shows_text_large_enough_to_read(show: Show) -> None:
    tab = show(many_jobs(20), width=PHONE)
    smallest = tab.evaluate(
        """() => Math.min(...[...document.querySelectorAll('svg text')]
            .filter(text => getComputedStyle(text).display !== 'none')
            .map(text => parseFloat(getComputedStyle(text).fontSize)
                * (text.getScreenCTM().a || 1)))"""
    )
    assert smallest >= 11.5


def test_year_in_figures_opens_without_any_script(show: Show) -> None:
    tab = show(outcome(), width=DESK, language="en")
    table = tab.locator(".m-table--months")
    assert not table.is_visible()
    tab.get_by_text("Hours month by month").first.click()
    assert table.is_visible()


def test_printed_page_is_ink_on_white_and_cuts_no_job(show: Show) -> None:
    tab = show(full(), width=DESK, dark=True)
    tab.emulate_media(media="print", color_scheme="dark")
    styles = tab.evaluate(
        """() => ({
            ground: getComputedStyle(document.body).backgroundColor,
            ink: getComputedStyle(document.body).color,
            job: getComputedStyle(document.querySelector('.m-ledger > li')).breakInside,
            contents: getComputedStyle(document.querySelector('.m-toc')).display,
            firm: getComputedStyle(document.querySelector('.m-f2')).fill,
        })"""
    )
    assert styles == {
        "ground": "rgb(255, 255, 255)",
        "ink": "rgb(0, 0, 0)",
        "job": "avoid",
        "contents": "none",
        "firm": "rgb(51, 51, 51)",
    }


def test_five_thousand_jobs_still_open(show: Show) -> None:
    tab = show(many_jobs(5000), width=DESK, language="en")
    assert tab.locator("article").count() == 200
    assert tab.locator(".m-after tbody tr").count() == 4800
