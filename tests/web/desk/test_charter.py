"""The desk of a firm says that the charter waits for it, until it has signed."""

from collections.abc import Callable

from django.test import Client

from maillage.foundation.accounts.models import Person
from tests.cast import Cast, inside
from tests.launch.charter.stories import published, signed

type ClientOf = Callable[[Person], Client]
DESK = "/n/metiers-partages/desk/"


def test_bob_is_reminded_of_the_charter_until_he_has_signed(
    cast: Cast, client_of: ClientOf
) -> None:
    bob = client_of(cast.bob)
    said = "The charter of the network waits for your signature."
    assert said not in bob.get(DESK).content.decode()
    with inside(cast.network):
        version = published(cast)
    assert said in bob.get(DESK).content.decode()
    with inside(cast.network):
        signed(cast, version, cast.bob, cast.bakery)
    assert said not in bob.get(DESK).content.decode()
