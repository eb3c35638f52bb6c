"""A browser stricter than any real one: what would only look odd on a screen fails a test."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from zeal import zeal_context

HANDLER = re.compile(r"^on[a-z]+$")
TEMPLATE_LEFTOVER = re.compile(r"\{\{|\{%|%\([a-z_]+\)[sd]")


class FaultFinder(HTMLParser):
    """Collects what no page of ours may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.post_form = False
        self.has_token = False
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        self.faults += [f"<{tag} {name}=…>" for name in given if HANDLER.match(name)]
        if "style" in given:
            self.faults.append(f"<{tag} style=…>")
        is_data = given.get("type") == "application/json"  # read by a script, never run
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.faults.append(f"inline <{tag}>")
        if tag == "h1":
            self.headings += 1
        if (name := given.get("id")) is not None:
            if name in self.ids:
                self.faults.append(f"id {name!r} twice")
            self.ids.add(name)
        if tag == "form":
            self.post_form = (given.get("method") or "").lower() == "post"
            self.has_token = False
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken":
            self.has_token = True

    def handle_endtag(self, tag: str) -> None:
        """Close a form: one that writes carries its token."""
        if tag == "form" and self.post_form and not self.has_token:
            self.faults.append("a form that writes without its token")

    def handle_data(self, data: str) -> None:
        """Look at a text: nothing of the template may be left in it."""
        if TEMPLATE_LEFTOVER.search(data):
            self.faults.append(f"template left in {data.strip()[:60]!r}")


def faults_of(html: str) -> list[str]:
    """Return what is wrong with a page, one line per fault."""
    finder = FaultFinder()
    finder.feed(html)
    if "<html" in html and finder.headings != 1:
        finder.faults.append(f"{finder.headings} <h1>")
    return finder.faults


class StrictClient(Client):
    """Fails on a query per row, an inline script, a token forgotten, a template half-written."""

    def request(self, **request: Any) -> HttpResponseBase:
        """Send a request and look at the answer."""
        with zeal_context():
            response = super().request(**request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming:
            html = response.content.decode()
            assert (request.get("PATH_INFO"), faults_of(html)) == (request.get("PATH_INFO"), [])
        return response
