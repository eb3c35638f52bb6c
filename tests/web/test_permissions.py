"""Who opens what: every address of the site, against every person of the cast.

A page that is missing here fails, so that nobody adds one without saying who may open it. Each line
gives the answer to a GET for Alice (animator), Bob (owner of a member firm), Chloé (works for him),
Denis (no role), Emma (Bob's competitor), Farid (funder) and a visitor:

    ✓  opens it (200)      →  is led elsewhere, to sign in for a visitor (302)
    ✗  may know it exists, without the right (403)
    ∅  as if it did not exist (404)      P  only a POST does something (405)      ⌛ no longer (410)
"""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.every_address import every_address
from tests.web.world import World, browser_of, doors, world_of

PEOPLE = ("alice", "bob", "chloe", "denis", "emma", "farid", "visitor")
SIGNS = {200: "✓", 302: "→", 403: "✗", 404: "∅", 405: "P", 410: "⌛"}

TABLE = """
@@TABLE@@
"""


def expected() -> dict[str, str]:
    """Return the table: name of the address → one sign per person."""
    lines = [line.split() for line in TABLE.strip().splitlines() if line.strip()]
    return {line[0]: "".join(line[1:]) for line in lines}


@pytest.fixture
def world(cast: Cast) -> World:
    return world_of(cast)


def test_every_address_is_in_the_table() -> None:
    assert sorted(expected()) == [address.name for address in every_address()]


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_opens_what_the_table_says(world: World, who: str) -> None:
    client = browser_of(world, who)
    place = PEOPLE.index(who)
    first: dict[str, str] = {}
    for door in doors(world):
        if door.name not in first and door.name in expected():
            first[door.name] = door.url
    found = {name: SIGNS.get(client.get(url).status_code, "?") for name, url in first.items()}
    wanted = {name: signs[place] for name, signs in expected().items() if name in first}
    assert found == wanted


@pytest.mark.parametrize("who", ["denis", "farid", "visitor"])
def test_writing_is_refused_to_whoever_may_not_read(world: World, who: str) -> None:
    """A POST never opens what a GET hides: nothing answers 200, nothing breaks."""
    client: Client = browser_of(world, who)
    open_to_all = ("account", "account_", "mfa_", "usersessions_", "ui:", "desk:stop", "front:")
    answers = {
        str(door): client.post(door.url).status_code
        for door in doors(world)
        if "n/" in door.url and not door.name.startswith(open_to_all)
    }
    allowed = {"farid": {"governance:propose", "trust:pledge"}}.get(who, set())
    wrong = {
        name: status
        for name, status in answers.items()
        if status not in {302, 403, 404, 405} and name.split(" ")[0] not in allowed
    }
    assert wrong == {}
