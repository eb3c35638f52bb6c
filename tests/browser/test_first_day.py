"""The first day of an association: from an empty installation to people at work, in a browser."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from maillage.demo.territory import territory
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.organisations.models import Organisation
from tests.browser.conftest import Browsing, turn
from tests.browser.steps import (
    found_the_association,
    main_button,
    newest_mail,
    open_the_first_account,
    sign_the_pledge,
    type_the_code,
)
from tests.cast import inside

FIRMS, BAD = 460, 30
PASSWORD = "quatre moulins au bord du Loir"
LINK = re.compile(r"https?://\S+/invitation/\S+")


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    """The territory's firms as an association keeps them; each thirtieth of the lines is wrong."""
    lines = ["Nom;Commune;Code postal;Code APE;Effectif;SIREN"]
    wrong = (
        ";{commune};{postcode};{ape};4;",  # no name
        "{name};Nulle-Part-sur-Mer;99999;{ape};4;",  # no such commune
        "{name};{commune};{postcode};{ape};4;123456789",  # not a SIREN
    )
    right = "{name};{commune};{postcode};{ape};4;"
    step = FIRMS // BAD
    for rank, firm in enumerate(territory().firms):
        is_bad = rank % step == 0 and rank // step < BAD
        form = wrong[rank // step % len(wrong)] if is_bad else right
        lines.append(
            form.format(name=firm.name, commune=firm.commune, postcode=firm.postcode, ape=firm.ape)
        )
    path = tmp_path / "entreprises.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_first_day_of_an_association(browsing: Browsing, spreadsheet: Path) -> None:
    with browsing() as alice:
        open_the_first_account(alice)
        network = found_the_association(alice)
        import_the_firms(alice, network, spreadsheet)
        links = invite_three_people(alice, network)
    for (name, may_see, may_not), link in zip(THEIR_PAGES, links, strict=True):
        with browsing() as tab:
            accept(tab, link)
            sees(tab, network, name, may_see, may_not)


THEIR_PAGES = (
    # name, pages that open, pages that do not
    ("Bob", ("firms/", "my-firm/", "network/"), ("imports/new/", "contacts/", "network/people/")),
    ("Farid", ("network/",), ("firms/", "imports/new/", "network/people/")),
    ("Chloé", ("my-firm/", "network/"), ("firms/", "imports/new/")),
)


def import_the_firms(page: Page, network: Network, spreadsheet: Path) -> None:
    home = f"/n/{network.slug}/"
    page.goto(f"{home}imports/new/")
    page.locator("input[type=file]").set_input_files(spreadsheet)
    main_button(page).click()
    page.wait_for_url("**/columns/")
    main_button(page).click()
    the_work_is_done(page)
    shows_figures(page, {f"{FIRMS - BAD}": "to create", f"{BAD}": "refused"})
    assert listed(network) == 1  # the association itself: a dry run changes nothing
    reasons_are_given(page)
    main_button(page).dblclick()  # as people do
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)
    the_work_is_done(page)
    shows_figures(page, {f"{FIRMS - BAD}": "created", f"{BAD}": "refused"})
    assert listed(network) == FIRMS - BAD + 1
    expect(page.get_by_role("button", name="Undo this import")).to_be_visible()
    page.go_back()
    page.reload()
    page.goto(f"{home}firms/")
    expect(page.locator("main")).to_contain_text(str(FIRMS - BAD + 1))
    importing_again_creates_nothing(page, network, spreadsheet)


def importing_again_creates_nothing(page: Page, network: Network, spreadsheet: Path) -> None:
    page.goto(f"/n/{network.slug}/imports/new/")
    page.locator("input[type=file]").set_input_files(spreadsheet)
    main_button(page).click()
    page.wait_for_url("**/columns/")
    main_button(page).click()
    the_work_is_done(page)
    shows_figures(page, {f"{FIRMS - BAD}": "already there", f"{BAD}": "refused"})
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)


def the_work_is_done(page: Page) -> None:
    """Do in the background what the page waits for; the page then shows it by itself."""
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    with turn():
        work_off()
    expect(page.locator("main .m-table, main table").first).to_be_visible(timeout=15_000)


def shows_figures(page: Page, wanted: dict[str, str]) -> None:
    for value, label in wanted.items():
        expect(page.locator("main").get_by_text(label, exact=True).first).to_be_visible()
        expect(page.locator("main")).to_contain_text(value)


def reasons_are_given(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused lines").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(text.strip().splitlines()) == BAD + 1
    assert "Nulle-Part-sur-Mer" in text


def listed(network: Network) -> int:
    with turn(), inside(network):
        return Membership.objects.count()


def invite_three_people(page: Page, network: Network) -> list[str]:
    """Invite Bob and Chloé to a firm that becomes a member, and Farid to fund; return the links."""
    with turn(), inside(network):
        firm = Organisation.objects.filter(activity_code="10.71C").earliest("pk")
    home = f"/n/{network.slug}/network/"
    page.goto(f"{home}members/{firm.public_id}/enter/")
    page.locator("[name=tier][value=core]").check()
    main_button(page).click()
    to_firm = f"{home}people/firm/{firm.public_id}/"
    return [
        invite(page, to_firm, "Bob", "owner"),
        invite(page, f"{home}people/appoint/", "Farid", "funder"),
        invite(page, to_firm, "Chloé", "employee"),
    ]


def invite(page: Page, address: str, name: str, role: str) -> str:
    email = f"{name.lower().replace('é', 'e')}@maillage.example"
    page.goto(address)
    page.locator("[name=email]").fill(email)
    page.locator("[name=name]").fill(name)
    field = page.locator("[name=role]").first
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(role)
    else:
        page.locator(f"[name=role][value={role}]").check()
    main_button(page).click()
    expect(page.locator("h1")).to_contain_text("invitation")
    link = LINK.search(newest_mail(email))
    assert link is not None, newest_mail(email)
    return urlsplit(link[0]).path


def accept(page: Page, link: str) -> None:
    page.goto(link)
    email = page.locator("dd").get_by_text("@maillage.example").inner_text()
    main_button(page).click()
    type_the_code(page, email)
    page.wait_for_url(f"**{link}")
    page.locator("[name=password]").fill(PASSWORD)
    main_button(page).dblclick()
    page.wait_for_url("**/n/**")
    sign_the_pledge(page)
    # The link has been used: it leads its owner in, and opens nothing else.
    page.goto(link)
    page.wait_for_url("**/desk/")


def sees(
    page: Page, network: Network, name: str, may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    """Look at pages: what a role may open opens, the rest answers that it is not for it."""
    home = f"/n/{network.slug}/"
    opened = {
        path: answer.status if (answer := page.goto(home + path)) else 0
        for path in (*may, *may_not)
    }
    expected = dict.fromkeys(may, 200) | dict.fromkeys(may_not, 403)
    assert (name, opened) == (name, expected)
