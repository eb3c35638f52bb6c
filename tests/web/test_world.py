"""The world itself: nothing of the site escapes those who look at it."""

from copy import deepcopy

import pytest
from django.test import override_settings

from tests.web.every_address import every_address
from tests.web.world import PEOPLE, World, areas, browser_of, doors


@pytest.fixture
def world(usual_world: World, db: None) -> World:
    return deepcopy(usual_world)


@override_settings(DEMO_LINKS=True)
@pytest.mark.parametrize("area", areas())
def test_every_address_opens_for_somebody_and_breaks_for_nobody(world: World, area: str) -> None:
    reached: set[str] = set()
    broken: list[str] = []
    for who in PEOPLE:
        client = browser_of(world, who)
        for door in doors(world, area):
            status = client.get(door.url).status_code
            if status >= 500:
                broken.append(f"{door} as {who}: {status}")
            elif status != 404:  # a page, a redirection, a refusal, or what is only posted to
                reached.add(door.name)
    assert not broken, "\n".join(broken)
    wanted = {address.name for address in every_address() if address.name in _names(area)}
    assert sorted(wanted - reached) == []


def _names(area: str) -> set[str]:
    return {
        address.name
        for address in every_address()
        if address.name.startswith((f"{area}:", f"{area}_"))
    }
