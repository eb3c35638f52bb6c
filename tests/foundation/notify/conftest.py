from uuid import uuid4

import pytest

from maillage.foundation.accounts.models import Person
from maillage.foundation.notify.pressure import FirmAddress


@pytest.fixture
def alice(db: None) -> Person:
    return Person.objects.create_user("alice@network.example", name="Alice Martin", language="en")


@pytest.fixture
def bob(db: None) -> Person:
    return Person.objects.create_user("bob@bakery.example", name="Bob Durand", language="fr")


@pytest.fixture
def bakery() -> FirmAddress:
    return FirmAddress("552100554", uuid4(), "Fournil Martin", "bob@bakery.example")
