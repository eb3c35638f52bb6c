import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import settings

from maillage.foundation.accounts.models import Person
from tests.cast import Cast, cast_of
from tests.strictness import StrictClient

# Compiled kernels make the first example slow, which says nothing about the code. In continuous
# integration the examples are always the same, so that a red run can be played again.
settings.register_profile("maillage", deadline=None, print_blob=True)
settings.register_profile("ci", parent=settings.get_profile("maillage"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "maillage")


@pytest.fixture(autouse=True)
def _english_sentences() -> Iterator[None]:
    """Tests read the source sentences, whatever the language of the machine."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and the firms of every story, in one network."""
    return cast_of("metiers-partages")


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """Return a browser in which a person has signed in, who reads English."""

    def signed_in(person: Person) -> Client:
        client = StrictClient(headers={"accept-language": "en"})
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def visitor() -> Client:
    """Return a browser in which nobody has signed in, whose owner reads English."""
    return StrictClient(headers={"accept-language": "en"})
