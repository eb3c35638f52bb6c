"""What an attacker gets from the site, as it can be compared byte by byte."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client

# What differs from one answer to the next and tells nothing.
# Drawn anew for each page: against forgery, and so that a form sent twice counts once.
TOKENS = re.compile(
    rb"[A-Za-z0-9]{64}|(?<=/invitation/)[\w-]+|(?<=name=\"key\" value=\")[0-9a-f-]{36}"
)
CLOCK = re.compile(rb"\d{1,2}(?:\xc2\xa0|\s)?(?:h|:)(?:\xc2\xa0|\s)?\d{2}(?::\d{2})?")
IDENTIFIERS = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Answer:
    """What an attacker gets: the code, where it sends, and all the words."""

    status: int
    location: str
    words: bytes

    @property
    def text(self) -> str:
        """The words, to read."""
        return self.words.decode(errors="replace")


def answer(response: HttpResponseBase) -> Answer:
    """Return an answer as an attacker compares it; a workbook as the cells it holds."""
    words = b"".join(response) if response.streaming else response.content
    if response.headers.get("Content-Type", "").startswith("application/vnd.openxmlformats"):
        with ZipFile(BytesIO(words)) as book:
            cells = [name for name in book.namelist() if "worksheets" in name or "shared" in name]
            words = b"\n".join(book.read(name) for name in sorted(cells))
    words = CLOCK.sub(b"<time>", TOKENS.sub(b"<token>", words))
    return Answer(response.status_code, response.headers.get("Location", ""), words)


def asked(client: Client, url: str) -> Answer:
    """Open a page and return the answer."""
    return answer(client.get(url))


def posted(client: Client, url: str, data: Mapping[str, str]) -> Answer:
    """Send a form and take its effects back: only what it answers matters here.

    Where it sends is looked at too, for the sentence that awaits there.
    """
    with transaction.atomic():
        found = answer(client.post(url, data))
        after = asked(client, found.location).words if found.location.startswith("/n/") else b""
        transaction.set_rollback(True)
    connection.run_on_commit.clear()
    client.cookies.pop("messages", None)
    location = IDENTIFIERS.sub(b"<id>", found.location.encode()).decode()
    words = IDENTIFIERS.sub(b"<id>", found.words + after)
    return replace(found, location=location, words=words)
