"""The board of a week, with a mouse, by keyboard and on paper; law and charter answer first."""

import re
from datetime import timedelta
from io import BytesIO

from django.utils.timezone import localdate
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from maillage.demo.staff import employ
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Slot
from tests.browser.conftest import Browsing, turn
from tests.cast import Cast, inside, more_firms
from tests.run.stories import MONDAY, shared_baker, slot_of
from tests.web.calls.weeks import next_monday, works

# Red, green and blue, as a page of a PDF sets them.
COLOUR = re.compile(r"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b")


def test_alice_drags_what_lacks_somebody_onto_whom_the_law_allows(
    browsing: Browsing, cast: Cast
) -> None:
    monday = next_monday()
    days = (monday - MONDAY).days
    with turn(), inside(cast.network):
        gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
        works(gaelle, slot_of(cast, cast.bakery, days, 14, 20))
        gap = slot_of(cast, cast.garage, days + 1, 6, 9)
    with browsing(cast.alice) as page:
        page.goto(f"/n/{cast.network.slug}/plan/?week={monday:%G-W%V}")
        row = page.locator("tr[data-worker]")
        hold(page, page.locator(".m-gap").first, over=row.filter(has_text="Gaëlle"))
        expect(row.filter(has_text="Gaëlle")).to_contain_text("not possible")
        expect(row.filter(has_text="Hugo")).to_contain_text("possible")
        expect(page.locator("#board-says")).to_contain_text("L3131-1")
        page.mouse.up()
        expect(page.locator(".m-may")).to_have_count(0)
        assert holders(cast, gap) == []

        hold(page, page.locator(".m-gap").first, over=row.filter(has_text="Hugo"))
        page.mouse.up()
        expect(page.locator("body")).to_contain_text("Hugo takes this slot.")
        assert holders(cast, gap) == [hugo.name]


def test_what_somebody_else_was_quicker_to_do_is_refused_on_the_board(
    browsing: Browsing, cast: Cast
) -> None:
    monday = next_monday()
    with turn(), inside(cast.network):
        gaelle = shared_baker(cast)
        shared_baker(cast, "Hugo")
        gap = slot_of(cast, cast.garage, (monday - MONDAY).days, 8, 12)
    with browsing(cast.alice) as page:
        page.goto(f"/n/{cast.network.slug}/plan/?week={monday:%G-W%V}")
        row = page.locator("tr[data-worker]").filter(has_text="Hugo")
        hold(page, page.locator(".m-gap").first, over=row)
        expect(row).to_contain_text("possible")
        with turn(), inside(cast.network):
            works(gaelle, gap)
        page.mouse.up()
        expect(page.locator(".m-chip").first).to_be_visible()
        assert holders(cast, gap) == [gaelle.name]


def test_the_week_of_fifty_people_is_one_sheet_of_paper(browsing: Browsing, cast: Cast) -> None:
    monday = monday_of(localdate())
    with turn(), inside(cast.network):
        firms = [cast.bakery, cast.rival, cast.garage, *more_firms(cast, 40)]
        employ(cast.network, firms, workers=50, monday=monday)
    with browsing(cast.alice) as page:
        # A week that is published, and one where nobody is placed yet: hundreds of gaps.
        for week in (monday, monday + timedelta(weeks=2)):
            page.goto(f"/n/{cast.network.slug}/plan/?week={week:%G-W%V}")
            expect(page.locator("tr[data-worker]")).to_have_count(50)
            names = page.locator("tr[data-worker] th b").all_inner_texts()
            sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
            assert len(sheets) == 1
            assert sheets[0].mediabox.width > sheets[0].mediabox.height
            printed = sheets[0].extract_text()
            assert [name for name in names if name not in printed] == []
            assert "Publish" not in printed.replace("Published", "")
            assert "Members" not in printed
            drawn = sheets[0].get_contents()
            assert drawn is not None
            colours = COLOUR.findall(drawn.get_data().decode("latin-1"))
            assert {len(set(each)) for each in colours} == {1}


def hold(page: Page, thing: Locator, *, over: Locator) -> None:
    """Drag something over a row, wait until law and charter have answered, and hold it there."""
    thing.scroll_into_view_if_needed()
    start, end = thing.bounding_box(), over.locator("td").nth(4).bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] - 20, steps=5)
    expect(page.locator(".m-may").first).to_be_visible()
    page.mouse.move(end["x"] + 8, end["y"] + 8, steps=10)
    page.mouse.move(end["x"] + 12, end["y"] + 12, steps=5)


def holders(cast: Cast, slot: Slot) -> list[str]:
    """Return who is in a slot."""
    with turn(), inside(cast.network):
        return list(Assignment.objects.filter(slot=slot).values_list("worker__name", flat=True))
