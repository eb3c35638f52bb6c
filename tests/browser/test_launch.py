"""The launch of a network in a browser: from an empty installation to a charter and three jobs."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from maillage.bricks.agreements.models import Signature
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.launch.charter.queries import charter_of
from maillage.launch.needs.queries import staff_needs
from maillage.launch.shared_jobs.enums import JobState
from maillage.launch.shared_jobs.models import JobProposal
from tests.browser.conftest import PHONE, Browsing, turn
from tests.browser.steps import (
    found_the_association,
    main_button,
    newest_mail,
    open_the_first_account,
)
from tests.cast import inside

# Three trades, two firms of each in one commune: three jobs.
FIRMS = (
    ("Boulangerie Martin", "Blois", "Vendeuse"),
    ("Fromagerie Durand", "Blois", "Vendeuse"),
    ("Garage Lemoine", "Vendôme", "Comptable"),
    ("Menuiserie Bazin", "Vendôme", "Comptable"),
    ("Imprimerie Roy", "Mer", "Graphiste"),
    ("Atelier Petit", "Mer", "Graphiste"),
)
MODULES = ("surveys", "needs", "shared_jobs", "charter")
EMAIL = "contact@boulangerie-martin.example"
LINK = re.compile(r"https?://\S+/c/\S+")
ASKED = re.compile(r"/surveys/[0-9a-f-]{36}/firms/[0-9a-f-]{36}/$")
HOURS = "17"  # a week, every month: two of them make a job


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    """Six firms as an association keeps them."""
    path = tmp_path / "entreprises.csv"
    emails = [EMAIL, *[""] * (len(FIRMS) - 1)]
    rows = zip(FIRMS, emails, strict=True)
    lines = [f"{name};{commune};{email}" for (name, commune, _job), email in rows]
    lines.insert(0, "Nom;Commune;E-mail")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_network_is_launched_from_nothing(browsing: Browsing, spreadsheet: Path) -> None:
    with browsing() as alice, browsing(width=PHONE) as phone:
        open_the_first_account(alice)
        network = found_the_association(alice)
        home = f"/n/{network.slug}/"
        bring_the_firms_in(alice, home, spreadsheet)
        for key in MODULES:
            switch_on(alice, home, key)
        for link in ask_every_firm(alice, home, network):
            answer_the_survey(phone, link)
        compose_the_jobs(alice, home, network)
        for link in propose_every_job(alice, home, network):
            say_yes(phone, link)
        with turn(), inside(network):
            states = [job.state for job in JobProposal.objects.all()]
        assert states == [JobState.CONFIRMED] * 3
        sign_the_charter(alice, phone, home, network)


def bring_the_firms_in(page: Page, home: str, spreadsheet: Path) -> None:
    """Import the six firms."""
    page.goto(f"{home}imports/new/")
    page.locator("input[type=file]").set_input_files(spreadsheet)
    main_button(page).click()
    page.wait_for_url("**/columns/")
    main_button(page).click()
    for _step in ("read", "applied"):
        page.wait_for_url("**/imports/*/")
        with turn():
            work_off()
        expect(page.locator("main table").first).to_be_visible(timeout=15_000)
        if _step == "read":
            main_button(page).click()
    page.goto(f"{home}firms/")
    expect(page.locator("main")).to_contain_text("Imprimerie Roy")


def switch_on(page: Page, home: str, key: str) -> None:
    """Record the decision of the members that switches a module on."""
    page.goto(f"{home}network/modules/{key}/on/")
    page.locator("[name=votes_for]").fill("6")
    main_button(page).click()
    page.wait_for_url(lambda url: not url.endswith("/on/"))


def ask_every_firm(page: Page, home: str, network: Network) -> list[str]:
    """Open the survey, ask the firms, and return the links that each was given."""
    page.goto(f"{home}surveys/new/")
    page.locator("[name=title]").fill("Enquête de départ")
    main_button(page).click()
    page.wait_for_url(lambda url: "/new/" not in url)
    survey = page.url
    page.goto(f"{survey}ask/")
    main_button(page).click()
    page.wait_for_url(lambda url: "/ask/" not in url)
    page.goto(f"{survey}firms/")
    hrefs = [str(link.get_attribute("href")) for link in page.locator("main a").all()]
    asked = sorted({href for href in hrefs if ASKED.search(href)})
    links = {}
    for path in asked:
        page.goto(path)
        name = page.locator("h1").inner_text()
        links[name] = urlsplit(page.locator("#link").inner_text().strip()).path
    return [links[name] for name, _commune, _job in FIRMS]


def answer_the_survey(page: Page, link: str) -> None:
    """Answer on a telephone: interested, one job, the same hours all year."""
    page.goto(link)
    name = page.locator("main").inner_text()
    job = next(wanted for firm_name, _commune, wanted in FIRMS if firm_name in name)
    main_button(page).click()
    said = {"peaks": "no", "interested": "yes", "more1": "no", "contact": "yes"}
    while "/check/" not in page.url:
        key = page.url.rstrip("/").rsplit("/", 1)[-1]
        if key in said:
            page.locator(f"[name=answer][value={said[key]}]").check()
        elif key == "job1":
            page.locator("[name=answer]").fill(job)
        elif key == "job1_hours":
            for month in page.locator("[name=month]").all():
                month.check()
            page.locator("[name=hours]").fill(HOURS)
        before = page.url
        main_button(page).click()
        page.wait_for_url(lambda url, before=before: url != before)
    main_button(page).dblclick()  # as people do
    page.wait_for_url(f"**{link}")


def compose_the_jobs(page: Page, home: str, network: Network) -> None:
    """Search the jobs of the needs that the answers stated."""
    with turn(), inside(network):
        assert len(staff_needs(network)) == len(FIRMS)
    page.goto(f"{home}workshop/")
    page.get_by_role("button", name="Search with these rules").click()
    expect(page.locator("main")).to_contain_text("Search under way")
    with turn():
        work_off()
    # The page that waits reads itself again once the search is over.
    expect(page.locator(".m-job")).to_have_count(3, timeout=15_000)
    expect(page.locator("main")).to_contain_text("all that these rules allow, that is proved")


def propose_every_job(page: Page, home: str, network: Network) -> list[str]:
    """Propose the three jobs, and return the links by which firms answer."""
    with turn(), inside(network):
        jobs = [str(job.public_id) for job in JobProposal.objects.all()]
    links = []
    for job in jobs:
        page.goto(f"{home}workshop/jobs/{job}/propose/")
        page.locator("[name=write]").uncheck()
        main_button(page).click()
        page.wait_for_url(f"**/jobs/{job}/")
        found = page.get_by_role("link", name="Page of the firm").all()
        links += [str(link.get_attribute("href")) for link in found]
    return links


def say_yes(page: Page, link: str) -> None:
    """Say yes to a job on a telephone, without learning who else is asked."""
    page.goto(link)
    others = [name for name, _commune, _job in FIRMS if name in page.locator("main").inner_text()]
    assert others == []
    page.locator("[name=answer][value=confirmed]").check()
    main_button(page).click()
    expect(page.locator("body")).to_contain_text("Your answer is kept")


def sign_the_charter(alice: Page, phone: Page, home: str, network: Network) -> None:
    """Publish the charter, let a firm in, and have it sign by its own link."""
    alice.goto(f"{home}charter/draft/")
    main_button(alice).click()
    expect(alice.locator("h1")).to_contain_text("The draft")
    alice.goto(f"{home}charter/draft/publish/")
    main_button(alice).click()
    alice.wait_for_url(lambda url: "/publish/" not in url)
    with turn(), inside(network):
        assert charter_of(network) is not None
        firm = Organisation.objects.get(name="Boulangerie Martin")
    alice.goto(f"{home}network/members/{firm.public_id}/enter/")
    alice.locator("[name=tier][value=core]").check()
    main_button(alice).click()
    alice.goto(f"{home}charter/signatures/send/")
    main_button(alice).click()
    alice.wait_for_url(lambda url: "/send/" not in url)
    link = LINK.search(newest_mail(EMAIL))
    assert link is not None
    phone.goto(urlsplit(link[0]).path)
    main_button(phone).click()
    phone.locator("[name=name]").fill("Bob Martin")
    phone.locator("[name=role]").fill("Gérant")
    phone.locator("[name=consent]").check()
    main_button(phone).click()
    expect(phone.locator("main")).to_contain_text("signed")
    with turn(), inside(network):
        signature = Signature.objects.get()
        assert (signature.organisation, signature.name) == (firm, "Bob Martin")
