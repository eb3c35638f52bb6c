"""The month's end in a browser: Gaëlle says what she worked, the bakery confirms, Alice closes."""

import re
from datetime import date, timedelta

from django.utils.timezone import localdate
from playwright.sync_api import expect

from maillage.run.employment.links import page_path
from maillage.run.hours.confirming import month_path
from maillage.run.hours.models import FirmMonth, HourEntry, MonthClosing
from maillage.run.hours.prefilling import bounds_of, prefill
from tests.browser.conftest import Browsing, turn
from tests.cast import Cast, inside
from tests.run.stories import MONDAY, shared_baker, slot_of
from tests.web.calls.weeks import works


def last_month() -> date:
    first = bounds_of(localdate())[0]
    return bounds_of(first - timedelta(days=1))[0]


def test_a_month_is_said_confirmed_by_one_tap_and_closed(browsing: Browsing, cast: Cast) -> None:
    month = last_month()
    # The last days of a month are among the five weeks that a worker's page shows.
    day = bounds_of(month)[1]
    with turn(), inside(cast.network):
        gaelle = shared_baker(cast)
        slots = [
            slot_of(cast, cast.bakery, (day - timedelta(days=back) - MONDAY).days, 6, 12)
            for back in (0, 1)
        ]
        works(gaelle, *slots)
        prefill(cast.network, month)
        link = page_path(gaelle)
    with browsing(None, width=360) as page:
        page.goto(f"{link}hours/")
        page.get_by_role("button", name=re.compile("^As planned")).first.click()
        expect(page.get_by_text("Thank you: it is written down.")).to_be_visible()
        page.get_by_role("link", name=re.compile("^Otherwise")).last.click()
        page.get_by_label("To what time").fill("12:30")
        page.get_by_role("button", name="Write it down").click()
        page.get_by_label("Why, in a few words").fill("A late order")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("A late order")).to_be_visible()
    with browsing(cast.alice) as page:
        page.goto(f"/n/{cast.network.slug}/hours/?month={month:%Y-%m}")
        page.get_by_role("button", name="Send each firm its hours").click()
        expect(page.get_by_text("1 firm has its hours.")).to_be_visible()
    with turn(), inside(cast.network):
        sent = FirmMonth.objects.select_related("network").get()
        path = month_path(sent)
    with browsing(None, width=360) as page:
        page.goto(path)
        expect(page.get_by_text("A late order")).to_be_visible()
        page.get_by_label("Your name").fill("Bob Martin")
        page.get_by_role("button", name="I confirm these hours").click()
        expect(page.get_by_text("2 lines are confirmed. Thank you.")).to_be_visible()
    with browsing(cast.alice) as page:
        page.goto(f"/n/{cast.network.slug}/hours/?month={month:%Y-%m}")
        page.get_by_role("button", name="Close the month").click()
        expect(page.get_by_text("This month is closed")).to_be_visible()
    with turn(), inside(cast.network):
        assert MonthClosing.objects.get().month == month
        said = HourEntry.objects.order_by("day").values_list("end_minute", "state")
        assert list(said) == [(750, "confirmed"), (720, "confirmed")]
