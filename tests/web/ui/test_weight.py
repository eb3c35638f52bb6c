"""What a first visit costs on a slow telephone."""

import re

import brotli
from django.contrib.staticfiles import finders
from django.test import Client

FIRST_VISIT_BYTES = 100_000
LATER_PAGE_BYTES = 30_000
REQUESTS = 12


def test_a_first_visit_stays_light(visitor: Client, db: None) -> None:
    page = visitor.get("/no/such/page/").content
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    weights = {name: len(brotli.compress(_read(name))) for name in names}
    assert len(names) + 1 <= REQUESTS
    assert len(brotli.compress(page)) <= LATER_PAGE_BYTES
    assert sum(weights.values()) + len(brotli.compress(page)) <= FIRST_VISIT_BYTES


def _read(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str), name
    with open(path, "rb") as stream:  # noqa: PTH123 -- a path of the static files
        return stream.read()
