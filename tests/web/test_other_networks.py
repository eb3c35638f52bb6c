"""What another network holds does not exist in this one: not its pages, its firms, its people."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import cast_of, inside
from tests.web.attacks import IDENTIFIERS, asked, posted
from tests.web.conftest import Making
from tests.web.world import World, areas, browser_of, doors, world_of

LINKS = {
    "digest token",
    "invitation token",
    "demonstration token",
    "survey token",
    "proposal token",
    "link to sign",
    "link of hours",
    "worker token",
    "offer token",
    "calendar of the group",
    "calendar token",
    "token of a worker",
    "link to a contract",
}
# The same in every network: they name nothing.
NAMELESS = {
    "report",
    "public_page",
    "module",
    "allauth key",
    "allauth person",
    "version of the charter",
    "clause",
    "indicator",
    "kind of paper",
    "kind of file",
    "preset",
    "question on interest",
    "kind of document",
    "kind of amendment",
    "kind of group",
    "paper",
    "basis of a key",
    "the group itself",
    "first post",
    "monday of the plan",
    "name of a week",
}


@pytest.fixture
def world(usual_world: World, db: None) -> World:
    return deepcopy(usual_world)


@pytest.fixture(scope="module")
def made_elsewhere(usual_world: World, making: Making) -> Iterator[World]:
    with making(another_network) as world:
        yield world


@pytest.fixture
def elsewhere(made_elsewhere: World, db: None) -> World:
    return deepcopy(made_elsewhere)


def another_network() -> World:
    """Make another network, of another association, with its own firms."""
    cast = cast_of("ailleurs")
    with inside(cast.network):
        for firm, siren in ((cast.bakery, "404833048"), (cast.rival, "542051180")):
            firm.siren = siren
            firm.save(update_fields=["siren"])
    return world_of(cast)


@pytest.mark.parametrize("area", areas())
def test_things_of_another_network_do_not_exist_here(
    world: World, elsewhere: World, area: str
) -> None:
    mixed = replace(world, things=elsewhere.things | {"network": world.things["network"]})
    client = browser_of(world, "alice")
    opened = []
    for door in doors(mixed, area, mixed=True):
        if not set(door.labels) - NAMELESS:
            continue  # names nothing of the other network
        if LINKS & set(door.labels):
            continue  # whoever holds the link of a mail may use it
        status = _opens(client, door.url)
        # A role without the right is refused before anything is looked for: whatever the id is.
        if status != 404 and (status, 403) != (403, _opens(client, _of_nothing(door.url))):
            opened.append((str(door), status))
    assert opened == []


def _opens(client: Client, url: str) -> int:
    status = asked(client, url).status
    return posted(client, url, {}).status if status == 405 else status


def _of_nothing(url: str) -> str:
    return IDENTIFIERS.sub(str(uuid4()).encode(), url.encode()).decode()


@pytest.mark.parametrize("area", areas())
def test_another_network_does_not_exist(world: World, elsewhere: World, area: str) -> None:
    client = browser_of(world, "alice")
    opened = []
    for door in doors(elsewhere, area):
        if door.url.startswith("/n/"):
            codes = {asked(client, door.url).status, posted(client, door.url, {}).status}
            if codes != {404}:
                opened.append((str(door), sorted(codes)))
    assert opened == []
