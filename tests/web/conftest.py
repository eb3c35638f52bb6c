"""One world for all the tests of a module: made once, found by each of them as it was made."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.cast import cast_of
from tests.web.world import World, world_of

type Making = Callable[[Callable[[], World]], AbstractContextManager[World]]


@pytest.fixture(scope="session")
def making(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Making:
    """Make a world that stays in the database until its module is over.

    Each test works in a transaction inside it. What it changes in the database is undone; it gets
    a copy of the world, since objects in memory are not (`copy.deepcopy`).
    """

    @contextmanager
    def made(make: Callable[[], World]) -> Iterator[World]:
        with (
            django_db_blocker.unblock(),
            translation.override("en"),
            transaction.atomic(),
        ):
            yield make()
            transaction.set_rollback(True)

    return made


@pytest.fixture(scope="module")
def usual_world(making: Making) -> Iterator[World]:
    """The world of the cast, for a module."""
    with making(lambda: world_of(cast_of("metiers-partages"))) as world:
        yield world
