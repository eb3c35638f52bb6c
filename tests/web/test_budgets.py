"""What a page costs the database: few queries, and no more of them in a large network."""

from collections.abc import Mapping
from copy import deepcopy

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.web.ui.lists.export import FORMATS
from tests.cast import more_firms
from tests.web.world import World, areas, browser_of, opened_pages

MOST_QUERIES = 12
FEW, MANY = 3, 300
# Marks that the tests' own transaction adds around what an installation runs bare.
MARKS = ("SAVEPOINT", "RELEASE SAVEPOINT")


@pytest.fixture
def world(usual_world: World, db: None) -> World:
    return deepcopy(usual_world)


@pytest.mark.parametrize("who", ["alice", "bob"])
@pytest.mark.parametrize("area", areas())
def test_pages_ask_the_database_little_and_no_more_in_a_large_network(
    world: World, area: str, who: str
) -> None:
    client = browser_of(world, who)
    urls = _urls(world, area, who)
    more_firms(world.cast, FEW)
    small = _costs(client, urls)
    more_firms(world.cast, MANY - FEW)
    large = _costs(client, urls)
    assert {url: cost for url, cost in large.items() if cost > MOST_QUERIES} == {}
    # Fewer is well: a map of many firms counts them by commune instead of naming each.
    assert {url: (small[url], large[url]) for url in urls if small[url] < large[url]} == {}


def _urls(world: World, area: str, who: str) -> Mapping[str, str]:
    """Return the pages that somebody opens, and the files of their lists: what → address."""
    urls = {}
    for page in opened_pages(world, area, who=[who]):
        urls[str(page)] = page.door.url
        listing = (page.response.context or {}).get("listing")
        if listing is not None and listing.listing.exports:
            for name in FORMATS:
                urls[f"{page}, {name} file"] = f"{page.door.url}?export={name}"
    return urls


def _costs(client: Client, urls: Mapping[str, str]) -> dict[str, int]:
    return {what: _cost(client, url) for what, url in urls.items()}


def _cost(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
        _read(answer)
    assert answer.status_code == 200, url
    return sum(not query["sql"].startswith(MARKS) for query in queries.captured_queries)


def _read(answer: HttpResponseBase) -> None:
    """Read an answer to its end: a file is made while it is sent."""
    if answer.streaming:
        for _part in answer:
            pass
