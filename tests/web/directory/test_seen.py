"""Bob sees his firm as others do: by the very code that shows it to them."""

from collections.abc import Callable

from django.test import Client

from maillage.foundation.accounts.models import Person
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import FieldLevels
from tests.cast import Cast, inside
from tests.launch.needs.stories import stated

type ClientOf = Callable[[Person], Client]
PAGE = "/n/metiers-partages/my-firm/seen/"


def told(client: Client) -> dict[str, str]:
    """Return what each kind of viewer reads, by the title of its section."""
    page = client.get(PAGE).content.decode()
    parts = page.split("<h2")[1:]
    return {part.split(">", 1)[1].split("</h2>")[0].strip(): part for part in parts}


def test_each_viewer_sees_what_its_distance_allows(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        levels = FieldLevels.objects.filter(organisation=cast.bakery)
        levels.update(presence=Level.NETWORK, activity=Level.NETWORK, contact=Level.MATCHED)
        cast.bakery.email = "contact@martin.example"
        cast.bakery.activity = "Boulangerie"
        cast.bakery.save(update_fields=["email", "activity"])
        stated(cast, cast.bakery, title="Four à partager", level=Level.NETWORK)
        stated(cast, cast.bakery, title="Comptable", level=Level.MATCHED)
        stated(cast, cast.bakery, title="Secret", level=Level.PRIVATE)
    seen = told(client_of(cast.bob))
    nothing = "Nothing: for them, your firm is not here."
    assert nothing in seen["A competitor"]
    assert nothing in seen["Anybody, on the public pages"]
    member, introduced = seen["Another member"], seen["A firm you were introduced to"]
    assert "Boulangerie Martin" in member
    assert "contact@martin.example" not in member
    assert "Four à partager" in member
    assert "Comptable" not in member
    assert "contact@martin.example" in introduced
    assert "Comptable" in introduced
    assert "Secret" not in "".join(seen.values())


def test_a_competitor_sees_what_is_public_but_no_need(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        FieldLevels.objects.filter(organisation=cast.bakery).update(presence=Level.PUBLIC)
        stated(cast, cast.bakery, title="Four à partager", level=Level.NETWORK)
    rival = told(client_of(cast.bob))["A competitor"]
    assert "Boulangerie Martin" in rival
    assert "Four à partager" not in rival
