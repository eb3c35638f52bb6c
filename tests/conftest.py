import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings
from pytest_django import DjangoDbBlocker

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


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `django_db_setup` keeps a copy of the database as the migrations left it."""
    return tmp_path_factory.mktemp("new") / "maillage.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    new_database: Path,
) -> Iterator[None]:
    """Make the database of the tests for any fixture that asks, and copy it before it is used.

    That of pytest-django makes none when no test asks by its own fixtures or mark.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(new_database)) as file:
                connection.ensure_connection()
                connection.connection.backup(file)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def data_folder(django_db_setup: None, new_database: Path, tmp_path: Path) -> Path:
    """Return the data folder of an installation just made, for processes that start in it.

    They find the migrations done, which take each of them ten seconds.
    """
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    if new_database.exists():
        shutil.copy(new_database, folder)
    return folder


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
