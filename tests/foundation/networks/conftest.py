"""Stories inside the network of the cast: its scope is open, Alice and Bob are at hand."""

from collections.abc import Callable, Iterator

import pytest

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.models import Organisation
from tests.cast import Cast, acting, inside


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    """The cast, inside their network."""
    with inside(cast.network):
        yield cast


@pytest.fixture
def alice(here: Cast) -> Acting:
    return acting(here.alice, here.network)


@pytest.fixture
def bob(here: Cast) -> Acting:
    return acting(here.bob, here.network)


@pytest.fixture
def emma(here: Cast) -> Acting:
    return acting(here.emma, here.network)


@pytest.fixture
def farid(here: Cast) -> Acting:
    return acting(here.farid, here.network)


@pytest.fixture
def place_of(here: Cast) -> Callable[[Organisation], Membership]:
    """Return the place of an organisation in the network."""

    def found(organisation: Organisation) -> Membership:
        return Membership.objects.get(organisation=organisation)

    return found
