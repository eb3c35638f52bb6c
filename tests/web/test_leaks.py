"""Nobody learns what is kept from them: every address, list, search, file and form is attacked.

What Emma, Bob's competitor, gets is compared byte by byte with what she would get if Bob had never
been there. Alice, who runs the network, is asked the same questions first: she does find Bob, so
that an attack that finds nothing has found nothing for a good reason.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from difflib import unified_diff
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Objective
from maillage.foundation.notify.models import Contact, QuietPeriod
from maillage.foundation.organisations.enums import SizeBand
from maillage.foundation.organisations.models import Organisation, Role, Site
from maillage.foundation.visibility.models import CompetitionLift
from maillage.foundation.vocabularies.gazetteer import find_commune
from maillage.web.ui.lists.export import FORMATS
from tests.cast import Cast, cast_of, inside
from tests.web.attacks import Answer, answer, asked, posted
from tests.web.conftest import Making
from tests.web.forms import FoundForm, forms_of
from tests.web.world import Door, World, areas, browser_of, doors, world_of

# Links that one worker holds: they say where that worker goes, address included.
OF_A_WORKER = {"worker token", "offer token", "calendar token"}
QUERIES_TO_A_LIST = 50
QUERIES_TO_A_PAGE = 6

PHONE, PHONE_TYPED = "02\u00a054\u00a011\u00a022\u00a033", "02 54 11 22 33"
SIREN, SIRET = "552100554", "55210055400013"
GARAGE_SIREN = "443061841"
NAME, ADDRESS, COMMUNE = "Boulangerie Martin", "7 ruelle des Fours", "Romorantin-Lanthenay"
ACTIVITY, SAID = "Boulangerie au feu de bois", "Pain au levain et brioches du matin"
EMAIL, MANAGER = "contact@boulangerie-martin.example", "Bob Chevrolin"
MANAGER_EMAIL = "bob@metiers-partages.example"
# Whatever an attacker may type to learn something of Bob: whole, cut, and in other hands.
TYPED = (
    NAME, "boulangerie", "Martin", "boul", SIREN, "552 100 554", SIRET, PHONE_TYPED, "0254112233",
    EMAIL, "boulangerie-martin", COMMUNE, "romorantin", ADDRESS, "ruelle", ACTIVITY, "feu de bois",
    SAID, "levain", MANAGER, "Bob", MANAGER_EMAIL, "10.71D", "1071D", "10.71", "3248", "41194",
    "e", "a", "1", "garage", "Blois", "fournil", "%", "_", "'",
)  # fmt: skip
# None of these may stand in anything that reaches an attacker.
SECRETS: Mapping[str, str] = {
    "name": NAME,
    "SIREN": SIREN,
    "SIREN in groups": "552\u00a0100\u00a0554",
    "telephone": PHONE,
    "e-mail": EMAIL,
    "commune": COMMUNE,
    "address": ADDRESS,
    "activity": ACTIVITY,
    "presentation": SAID,
    "head of the firm": MANAGER,
    "head's e-mail": MANAGER_EMAIL,
}


@pytest.fixture(scope="module")
def made_world(making: Making) -> Iterator[World]:
    with making(detailed_world) as world:
        yield world


@pytest.fixture
def world(made_world: World, db: None) -> World:
    return deepcopy(made_world)


def detailed_world() -> World:
    """Everything has happened once, and each detail of Bob's firm is like no other."""
    cast = cast_of("metiers-partages")
    place = find_commune(name=COMMUNE)
    with inside(cast.network):
        found = world_of(cast)
        Organisation.objects.filter(pk=cast.bakery.pk).update(
            activity=ACTIVITY, activity_code="10.71D", agreement="3248", phone=PHONE_TYPED
        )
        Site.objects.filter(organisation=cast.bakery).update(
            address=ADDRESS,
            commune=place.name,
            insee=place.insee,
            postcode=place.postcodes[0],
            latitude=place.latitude,
            longitude=place.longitude,
        )
        Role.objects.filter(person=cast.bob).update(name=MANAGER)
        # Emma is asked whether she would meet a competitor on a topic, without being told which:
        # that she is asked is not kept from her.
        CompetitionLift.objects.all().delete()
    Person.objects.filter(pk=cast.bob.pk).update(name=MANAGER)
    return found


def without_bob(cast: Cast) -> None:
    """Undo everything that Bob and his firm have left anywhere."""
    with inside(cast.network):
        Organisation.objects.get(pk=cast.bakery.pk).delete()
        Objective.objects.filter(proposed_by_id=cast.bob.public_id).delete()
    Contact.objects.filter(organisation_id=cast.bakery.public_id).delete()
    QuietPeriod.objects.filter(firm_key=SIREN).delete()
    Person.objects.filter(pk__in=[cast.bob.pk, cast.chloe.pk]).delete()


def all_asked(
    world: World,
    client: Client,
    area: str,
    *,
    thorough: bool,
    typed: Sequence[str] = TYPED,
    but: Collection[str] = (),
) -> dict[str, Answer]:
    """Ask what an attacker tries, every address, and at each page random queries, once.

    Whoever is not `thorough` asks few: they open few pages, and those are Emma's too. Links of
    `but` are in other hands.
    """
    told: dict[str, Answer] = {}
    pages: set[str] = set()
    most = QUERIES_TO_A_LIST if thorough else QUERIES_TO_A_PAGE
    for door in doors(world, area, mixed=True):
        if set(door.labels) & set(but):
            continue
        response = client.get(door.url)
        told[door.url] = answer(response)
        if door.name not in pages and response.status_code == 200 and not response.streaming:
            pages.add(door.name)
            for url in _queries(world, door, response, most, typed):
                if url not in told:
                    told[url] = asked(client, url)
    return told


def _queries(
    world: World, door: Door, page: HttpResponse, most: int, typed: Sequence[str]
) -> list[str]:
    """Return what to ask of a page: all its files, a name, and some of all there is to ask."""
    listing = (page.context or {}).get("listing")  # type: ignore[attr-defined]  # of the client
    names: dict[str, list[str]] = {"q": [], "page": ["1", "2"], "target": [], "name": []}
    for form in forms_of(page.content.decode(errors="replace")):
        if form.method == "get":
            names |= {name: found.choices for name, found in form.fields.items()}
    if listing is not None:
        sortable = [column.key for column in listing.listing.columns if column.sort]
        names["sort"] = sortable + [f"-{key}" for key in sortable]
        names["export"] = list(FORMATS)
    draw = random.Random(door.name)
    count = min(most, QUERIES_TO_A_PAGE) if listing is None else most
    every_export = [f"{door.url}?export={name}" for name in names.get("export", ())]
    values = [*typed, *sorted(set(world.things.values()))]
    tried = [f"{door.url}?{urlencode(_query(draw, names, values))}" for _turn in range(count)]
    return [*every_export, f"{door.url}?{urlencode({'q': typed[0]})}", *tried]


def _query(
    draw: random.Random, names: Mapping[str, list[str]], values: Sequence[str]
) -> list[tuple[str, str]]:
    chosen = draw.sample(sorted(names), k=min(len(names), draw.randint(1, 3)))
    return [
        (name, draw.choice(names[name] if names[name] and draw.random() < 0.5 else values))
        for name in chosen
    ]


def found_secrets(found: Answer) -> list[str]:
    return [what for what, secret in SECRETS.items() if secret in found.text]


def test_alice_finds_everything_that_is_kept_from_emma(world: World) -> None:
    client = browser_of(world, "alice")
    missing = set(SECRETS)
    for door in doors(world):
        for url in (door.url, f"{door.url}?export=csv"):
            missing.difference_update(found_secrets(asked(client, url)))
        if not missing:
            break
    assert missing == set()


@pytest.mark.parametrize("who", ["emma", "farid", "denis"])
@pytest.mark.parametrize("area", areas())
def test_answers_are_those_of_a_world_without_bob(world: World, area: str, who: str) -> None:
    client = browser_of(world, who)
    with_bob = all_asked(world, client, area, thorough=who == "emma")
    assert {url: found for url, one in with_bob.items() if (found := _told(url, one))} == {}
    without_bob(world.cast)
    assert _changed(client, with_bob) == {}


def _changed(client: Client, before: Mapping[str, Answer]) -> dict[str, list[str]]:
    """Ask everything again; return how the answers that are not the same differ."""
    after = {url: asked(client, url) for url in before}
    return {url: _difference(one, after[url]) for url, one in before.items() if one != after[url]}


def _told(url: str, found: Answer) -> list[str]:
    """Return the secrets that an answer tells; what was typed may be repeated to who typed it."""
    return [what for what in found_secrets(found) if _repeated(SECRETS[what]) not in url]


def _repeated(secret: str) -> str:
    return urlencode({"": secret.replace("\u00a0", " ")})[1:]


@pytest.mark.parametrize("area", areas())
def test_forms_answer_emma_as_if_bob_were_not_there(world: World, area: str) -> None:
    client = browser_of(world, "emma")
    tries = list(_tries(world, client, area))
    with_bob = [posted(client, url, data) for url, data in tries]
    without_bob(world.cast)
    without = [posted(client, url, data) for url, data in tries]
    told = [
        (url, dict(data), _difference(before, after))
        for (url, data), before, after in zip(tries, with_bob, without, strict=True)
        if before != after
    ]
    assert told == []


def _difference(before: Answer, after: Answer) -> list[str]:
    """Return the lines that tell two answers apart, for whoever has to mend it."""
    lines = unified_diff(before.text.splitlines(), after.text.splitlines(), lineterm="", n=0)
    return [f"{before.status} then {after.status}", *lines][:12]


def _tries(world: World, client: Client, area: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what Emma sends: nothing to every address, and Bob's details in every form."""
    if area in {"account", "mfa", "usersessions"}:  # would sign her out, or change her password
        return
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for door in doors(world, area, mixed=True):
        yield door.url, {}
        page = client.get(door.url)
        if page.status_code != 200 or page.streaming:
            continue
        for form in forms_of(page.content.decode(errors="replace")):
            url = form.action or door.url
            key = (url, tuple(form.fields))
            if form.method == "post" and url.startswith("/n/") and key not in seen:
                seen.add(key)
                yield url, _filled_with_bob(form)


def _filled_with_bob(form: FoundForm) -> dict[str, str]:
    """Fill a form as Emma would to find Bob out: his details wherever they fit."""
    his = {
        "siren": SIREN, "siret": SIRET, "email": EMAIL, "phone": PHONE_TYPED, "commune": COMMUNE,
        "address": ADDRESS, "name": NAME, "target": NAME, "activity": ACTIVITY,
    }  # fmt: skip
    filled = {}
    for name, found in form.fields.items():
        if not found.is_typed or found.kind in {"hidden", "number", "date"}:
            filled[name] = found.value or (found.choices[-1] if found.choices else "")
        else:
            filled[name] = his.get(name, found.value or NAME)
    return filled


def test_taking_bobs_number_tells_emma_nothing(world: World) -> None:
    """Whatever form holds such a number: with Bob's and with nobody's, the answers are alike."""
    nobodys = {SIREN: "404833048", SIRET: "40483304800022"}
    client = browser_of(world, "emma")
    compared = {SIREN: 0, SIRET: 0}
    for door in doors(world):
        page = client.get(door.url)
        if page.status_code != 200 or page.streaming:
            continue
        for form in forms_of(page.content.decode(errors="replace")):
            for name in {"siren", "siret"} & set(form.fields if form.method == "post" else ()):
                for secret, free in nobodys.items():
                    url, data = form.action or door.url, _as_it_stands(form)
                    his = posted(client, url, data | {name: secret})
                    nobody = posted(client, url, data | {name: free})
                    assert _blanked(his, secret) == _blanked(nobody, free), url
                    compared[secret] += 1
    assert min(compared.values()) > 0


def _as_it_stands(form: FoundForm) -> dict[str, str]:
    return {name: found.value for name, found in form.fields.items() if found.kind != "button"}


def _blanked(found: Answer, number: str) -> Answer:
    return replace(found, words=found.words.replace(number.encode(), b"<number>"))


@pytest.mark.parametrize("area", areas())
def test_answers_do_not_depend_on_what_is_hidden(world: World, area: str) -> None:
    """Bob knows the garage; its numbers, its size and its place are kept from him, even in part."""
    hidden = {
        "siren": GARAGE_SIREN,
        "legal_form": "SARL",
        "agreement": "1090",
        "size_band": SizeBand.SMALL,
        "headcount": 27,
    }
    place = {"siret": f"{GARAGE_SIREN}00013", "address": "3 impasse du Cric", "postcode": "41100"}
    with inside(world.cast.network):
        garage = Organisation.objects.filter(pk=world.cast.garage.pk)
        site = Site.objects.filter(organisation=world.cast.garage)
        garage.update(**hidden)
        site.update(**place)
    client = browser_of(world, "bob")
    typed = (*hidden.values(), *place.values(), "443 061 841", "impasse", "41", "1")
    words = [str(value) for value in typed]
    known = all_asked(world, client, area, thorough=True, typed=words, but=OF_A_WORKER)
    with inside(world.cast.network):
        garage.update(siren="", legal_form="", agreement="", size_band="", headcount=None)
        site.update(siret="", address="", postcode="", latitude=47.8, longitude=1.1)
    assert _changed(client, known) == {}


@pytest.mark.parametrize("area", areas())
def test_chloe_sees_her_firm_and_nothing_of_the_others(world: World, area: str) -> None:
    with inside(world.cast.network):
        Site.objects.filter(organisation=world.cast.garage).update(address="3 impasse du Cric")
    client = browser_of(world, "chloe")
    secrets = ("impasse du Cric", "443061841", "732829320", "Fournil Durand", "emma@")
    told = {}
    for url, answered in all_asked(world, client, area, thorough=False, but=OF_A_WORKER).items():
        found = answered.text
        hers = [secret for secret in secrets if secret in found and secret[:6] not in url]
        told |= {url: hers} if hers else {}
    assert told == {}
