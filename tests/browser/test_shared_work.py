"""An absence on a telephone, from the worker who is ill to the one who opens the shop."""

import re

from playwright.sync_api import Page, expect

from maillage.run.employment.links import page_path
from maillage.run.planning.models import Assignment
from tests.browser.conftest import PHONE, Browsing, turn
from tests.browser.steps import newest_mail
from tests.cast import Cast, inside
from tests.run.stories import shared_baker
from tests.web.calls.weeks import WEEK, next_monday, publish, slot_on, works

OFFER = re.compile(r"https?://[^/\s]+(/w/offer/\S+)")


def test_an_absence_is_answered_from_telephone_to_telephone(browsing: Browsing, cast: Cast) -> None:
    monday = next_monday()
    with turn(), inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        works(gaelle, slot_on(cast, monday))
        publish(cast, monday)
        own_page, hugo_mail = page_path(gaelle), hugo.email
    with browsing(width=PHONE) as phone, browsing(cast.alice) as desk:
        say_that_she_cannot_come(phone, own_page, monday.isoformat())
        ask_the_first(desk)
        link = OFFER.search(newest_mail(hugo_mail))
        assert link is not None
        phone.goto(link[1])
        fits(phone)
        phone.get_by_role("button", name="Yes, I come").click()
        expect(phone.locator("main")).to_contain_text("Thank you: you are expected.")
    with turn(), inside(cast.network):
        assert Assignment.objects.get().worker == hugo
    with browsing(cast.bob, width=PHONE) as bob:
        bob.goto(f"{WEEK}?week={monday}")
        fits(bob)
        who_comes = bob.locator("section[aria-labelledby=who-comes]")
        expect(who_comes).to_contain_text("Hugo, Boulangerie")
        expect(who_comes).not_to_contain_text("Gaëlle")
        expect(bob.locator("progress").first).to_be_visible()  # fetched once the page is there


def say_that_she_cannot_come(page: Page, own_page: str, day: str) -> None:
    """Say it in four taps on a telephone."""
    page.goto(f"{own_page}?week={day}")
    fits(page)
    page.get_by_role("button", name="I have seen my week").click()
    page.get_by_role("link", name="I cannot come").click()
    page.locator("[name=day]").fill(day)
    page.locator("[name=kind][value=sickness]").check()
    page.get_by_role("button", name="Say that I cannot come").click()
    expect(page.locator("body")).to_contain_text("It is said to everyone concerned.")


def ask_the_first(page: Page) -> None:
    """Open the call from the desk, and ask whoever comes first."""
    page.goto("/desk/")
    page.get_by_role("link", name="See who could come").click()
    page.get_by_role("button", name="Ask Hugo").click()
    expect(page.locator("body")).to_contain_text("1 person is asked")


def fits(page: Page) -> None:
    """Nothing stands out of the screen on either side."""
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
