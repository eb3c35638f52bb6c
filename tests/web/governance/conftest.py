"""What the stories of the network's pages share."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from maillage.foundation.accounts.models import Person
from tests.cast import Cast

type Browse = Callable[[Person], "Browser"]


class Browser:
    """A signed-in person who opens pages of the cast's network by their names."""

    def __init__(self, client: Client, cast: Cast) -> None:
        self.client = client
        self.slug = cast.network.slug

    def url(self, page: str, *more: object) -> str:
        return reverse(f"governance:{page}", args=[self.slug, *more])

    def get(self, page: str, *more: object, **wanted: str) -> str:
        answer = self.client.get(self.url(page, *more), wanted)
        assert answer.status_code == 200, (page, answer.status_code)
        return answer.content.decode()

    def status(self, page: str, *more: object) -> int:
        return self.client.get(self.url(page, *more)).status_code

    def post(self, page: str, *more: object, **typed: object) -> tuple[int, str]:
        """Send what was typed; return the status and the page one ends on."""
        answer = self.client.post(self.url(page, *more), typed)
        if answer.status_code == 302:
            return 302, self.client.get(answer["Location"]).content.decode()
        return answer.status_code, answer.content.decode()


def without_token(html: str) -> str:
    """Return a page without what makes two readings of it differ."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", html)


@pytest.fixture
def browse(cast: Cast, client_of: Callable[[Person], Client]) -> Browse:
    """Return the browser of somebody of the cast."""
    return lambda person: Browser(client_of(person), cast)
