"""What Bob needs and the garage offers, for the tests that come after."""

from django.utils.timezone import now

from maillage.foundation.accounts.models import Person
from maillage.foundation.organisations.enums import RoleKind
from maillage.foundation.organisations.models import Role
from maillage.foundation.visibility.enums import ConsentPurpose, Level
from maillage.foundation.visibility.models import Consent
from maillage.launch.needs.models import Match, Need
from tests.cast import START, Cast
from tests.launch.needs.stories import SUMMER, stated

AUTUMN = (0, 0, 0, 0, 0, 0, 15, 15, 40, 40, 0, 0)
DRIVER = {"title": "Livreuse", "occupation_label": "Livreuse", "occupation": "N4105"}


def garagist(cast: Cast) -> Person:
    """Let Gaëlle own the garage."""
    gaelle = Person.objects.create_user(
        f"gaelle@{cast.network.slug}.example", name="Gaëlle", language="en"
    )
    Role.objects.create(
        organisation=cast.garage,
        person=gaelle,
        kind=RoleKind.OWNER,
        name="Gaëlle",
        email=gaelle.email,
        starts_on=START,
    )
    return gaelle


def need_of_bob(cast: Cast, **more: object) -> Need:
    """Bob lacks somebody to deliver bread in summer, and lets it be proposed."""
    words = {**DRIVER, "detail": "Pain et brioches avec un fourgon", "half_hours": SUMMER}
    return stated(cast, cast.bakery, **{"level": Level.MATCHED, "strength": 4, **words, **more})


def offer_of_the_garage(cast: Cast, **more: object) -> Need:
    """The garage has somebody who drives, from July to October."""
    words = {
        "title": "Notre livreur Kévin",
        "detail": "Son fourgon est à la rue des Lices",
        "occupation_label": "Livreur",
        "occupation": "N4105",
        "half_hours": AUTUMN,
        "kind": "offer",
    }
    return stated(cast, cast.garage, **{"level": Level.MATCHED, **words, **more})


def matched(cast: Cast) -> Match:
    """State both, and return the match that they make."""
    need = need_of_bob(cast)
    offer = offer_of_the_garage(cast)
    return Match.objects.get(need=need, offer=offer)


def agreed(cast: Cast, *firms: str) -> None:
    """Let some firms of the cast agree to be proposed to other members."""
    for firm in firms:
        Consent.objects.create(
            organisation=getattr(cast, firm),
            purpose=ConsentPurpose.INTRODUCTIONS,
            given_by_id=cast.alice.public_id,
            given_at=now(),
        )
