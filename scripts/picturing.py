"""The pictures that ``make screenshots`` takes: which pages, for whom, and the page of them all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import escape
from itertools import groupby
from pathlib import Path

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, Route, sync_playwright

from maillage.demo.site import load
from maillage.demo.territory import territory
from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.networks.models import (
    BodyInvolvement,
    Decision,
    Membership,
    MembershipPeriod,
    Network,
    Objective,
    StartCondition,
    Task,
)
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact, DigestPreference, Notification
from maillage.foundation.organisations.models import Organisation, Role, Site, Territory
from maillage.foundation.visibility.models import Competition, Pledge, PledgeSignature
from tests.cast import Cast, inside
from tests.web.world import Opened, World, pages_to_look_at

LANGUAGES = ("fr", "en")
WIDTHS = (360, 1280)
OPTIONS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
TILE = "<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256'/>"
STYLE = (
    "body{font:16px sans-serif;margin:2rem}h2{margin-top:3rem}"
    "div{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}"
    "figure{margin:0}img{border:1px solid #888;max-height:40rem;width:auto}"
)


def take_pictures(folder: Path, *, only: str = "") -> None:
    """Write a picture of every page into `folder`, and the page that shows them all."""
    folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    world = demonstration(load(territory()))
    pages = [page for page in pages_to_look_at(world) if only in page.door.name]
    taken: list[tuple[str, str]] = []
    with _served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_chromium(), args=OPTIONS)
        for who, theirs in groupby(sorted(pages, key=lambda page: page.who), lambda one: one.who):
            taken += _of_one_person(browser, world, address, folder, who, list(theirs))
        browser.close()
    _write_index(folder, sorted(taken))
    print(f"{len(taken)} pictures in {folder}: open {folder / 'index.html'}")


def demonstration(network: Network) -> World:
    """Return the demonstration as a world whose pages can be found, with what it lacks added."""
    people = {
        name: Person.objects.get(email=f"{name}@maillage.example")
        for name in ("alice", "bob", "chloe", "denis", "emma", "farid")
    }
    with inside(network):
        for pledge in Pledge.objects.all():
            PledgeSignature.objects.bulk_create(
                PledgeSignature(pledge=pledge, person=person) for person in people.values()
            )
        bakery = Organisation.objects.get(roles__person=people["bob"])
        rival = Organisation.objects.get(roles__person=people["emma"])
        others = Organisation.objects.exclude(pk__in=[bakery.pk, rival.pk])
        member = MembershipPeriod.objects.exclude(membership__organisation__in=[bakery, rival])
        garage = others.get(pk=member.earliest("pk").membership.organisation_id)
        cast = Cast(
            register=network.register,
            network=network,
            bakery=bakery,
            rival=rival,
            garage=garage,
            **people,
        )
        things = _things(cast) | _messages(cast)
    keeper = Person.objects.create_user("keeper@maillage.example", name="Keeper", is_staff=True)
    return World(cast, keeper, things)


def _things(cast: Cast) -> dict[str, str]:
    found = {
        "bakery": cast.bakery,
        "garage": cast.garage,
        "rival": cast.rival,
        "bakery site": Site.objects.filter(organisation=cast.bakery).first(),
        "bob role": Role.objects.filter(person=cast.bob).first(),
        "territory": Territory.objects.order_by("-pk").first(),
        "competition": Competition.objects.first(),
        "membership": Membership.objects.filter(organisation=cast.bakery).first(),
        "objective": Objective.objects.filter(by_sponsor=False).first(),
        "proposed objective": Objective.objects.filter(by_sponsor=True).first(),
        "decision": Decision.objects.first(),
        "condition": StartCondition.objects.filter(met=False).first(),
        "task": Task.objects.first(),
        "involvement": BodyInvolvement.objects.first(),
    }
    named = {label: str(thing.public_id) for label, thing in found.items() if thing is not None}
    return named | {"network": cast.network.slug, "public_page": "public_page", "module": "figures"}


def _messages(cast: Cast) -> dict[str, str]:
    message = Notification.objects.create(
        person=cast.alice, network_id=cast.network.public_id, title="Réunion du bureau mardi"
    )
    run = Run.objects.create(
        kind="screenshots",
        owner_id=cast.alice.public_id,
        network_id=cast.network.public_id,
        title_words={"fr": "Import des entreprises", "en": "Import of firms"},
        state=RunState.SUCCEEDED,
        started_at=now() - timedelta(minutes=2),
        finished_at=now(),
    )
    contact = Contact.objects.create(
        firm_key=str(cast.bakery.public_id),
        organisation_id=cast.bakery.public_id,
        network_id=cast.network.public_id,
        body_name=cast.network.name,
        person_id=cast.alice.public_id,
        channel=ContactChannel.CALL,
        subject="Un emploi à partager",
        at=now() - timedelta(days=3),
    )
    preference = DigestPreference.objects.create(person=cast.alice)
    return {
        "message of alice": str(message.public_id),
        "run of alice": str(run.public_id),
        "contact": str(contact.public_id),
        "digest token": str(preference.token),
    }


@contextmanager
def _served() -> Iterator[str]:
    """Serve the site from this process, and yield its address."""
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()


def _chromium() -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def _of_one_person(
    browser: Browser, world: World, address: str, folder: Path, who: str, pages: list[Opened]
) -> list[tuple[str, str]]:
    taken = []
    person = world.person(who)
    for language in LANGUAGES:
        context = browser.new_context(base_url=address, locale=language, reduced_motion="reduce")
        context.route("**/*tile*/**", _empty_tile)
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            for name, morsel in client.cookies.items():
                context.add_cookies([{"name": name, "value": morsel.value, "url": address}])
        tab = context.new_page()
        for page in pages:
            taken += [_picture(tab, page, folder, f"{language}-{width}", width) for width in WIDTHS]
        context.close()
    return taken


def _picture(tab: Page, page: Opened, folder: Path, look: str, width: int) -> tuple[str, str]:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(page.door.url, wait_until="load")
    name = f"{page.door.name.replace(':', '-')}-{page.who}-{look}.png"
    tab.screenshot(path=folder / name, full_page=True)
    return str(page), name


def _empty_tile(route: Route) -> None:
    """Answer for the map's server: pictures are taken without leaving this machine."""
    route.fulfill(body=TILE, content_type="image/svg+xml")


def _write_index(folder: Path, taken: list[tuple[str, str]]) -> None:
    parts = []
    for title, pictures in groupby(taken, lambda one: one[0]):
        shown = "".join(
            f'<figure><a href="{name}"><img src="{name}" alt="{escape(name)}" loading="lazy"></a>'
            f"<figcaption>{escape(name)}</figcaption></figure>"
            for _title, name in pictures
        )
        parts.append(f"<h2>{escape(title)}</h2><div>{shown}</div>")
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title>'
        f"<style>{STYLE}</style><h1>Every page</h1>{''.join(parts)}</html>",
        encoding="utf-8",
    )
