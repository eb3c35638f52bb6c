"""Which members of a network are likely to compete: one trade, and near each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import cos, floor, hypot, radians

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import current
from maillage.foundation.organisations.models import Site

REACH_METRES = 30_000
# More would drown the animator: the nearest of each firm are those that matter.
NEAREST = 3
METRES_PER_DEGREE = 111_195


@dataclass(frozen=True, slots=True)
class Placed:
    """A member at its main site, in metres from the equator and the first meridian."""

    pk: int
    trade: str
    x: float
    y: float

    def metres_to(self, other: "Placed") -> float:
        """The distance to another member, as the crow flies."""
        return hypot(self.x - other.x, self.y - other.y)


def likely_competitors(network: Network) -> set[tuple[int, int]]:
    """Return pairs of row numbers, the lower first: members of one trade within 30 km.

    Each member brings its three nearest. Members are put in squares as wide as the reach, so that
    each one is compared with its own square and the eight around it only.
    """
    squares: dict[tuple[str, int, int], list[Placed]] = defaultdict(list)
    members = list(_members(network))
    for member in members:
        squares[_square(member)].append(member)
    return {
        (min(member.pk, other.pk), max(member.pk, other.pk))
        for member in members
        for other in _nearest(member, squares)
    }


def _members(network: Network) -> Iterable[Placed]:
    today = MembershipPeriod.objects.filter(
        current(localdate()),
        membership__network=network,
        membership__organisation=OuterRef("organisation"),
    )
    rows = (
        Site.objects.filter(Exists(today), is_main=True, organisation__closed_on=None)
        .exclude(organisation__activity_code="")
        .order_by("organisation")
        .values_list(
            "organisation",
            "organisation__activity_scheme",
            "organisation__activity_code",
            "latitude",
            "longitude",
        )
    )
    for pk, scheme, code, latitude, longitude in rows:
        # Flat enough over thirty kilometres.
        x = longitude * METRES_PER_DEGREE * cos(radians(latitude))
        yield Placed(pk, f"{scheme} {code}", x, latitude * METRES_PER_DEGREE)


def _square(member: Placed) -> tuple[str, int, int]:
    return member.trade, floor(member.x / REACH_METRES), floor(member.y / REACH_METRES)


def _nearest(
    member: Placed, squares: Mapping[tuple[str, int, int], list[Placed]]
) -> Iterable[Placed]:
    trade, column, row = _square(member)
    around = [
        other
        for across, up in product((-1, 0, 1), repeat=2)
        for other in squares.get((trade, column + across, row + up), ())
        if other.pk != member.pk and member.metres_to(other) <= REACH_METRES
    ]
    return sorted(around, key=lambda other: (member.metres_to(other), other.pk))[:NEAREST]
