"""Which members of a network are likely to compete: one trade, and near each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import current
from maillage.foundation.organisations.models import Site

REACH_METRES = 30_000
# More would drown the animator: the nearest of each firm are those that matter.
NEAREST = 3
METRES_PER_DEGREE = 111_195
# Members of one trade compared with all the others at a time: some megabytes of distances.
ROWS = 256


@dataclass(frozen=True, slots=True)
class Placed:
    """A member at its main site, in metres from the equator and the first meridian."""

    pk: int
    trade: str
    x: float
    y: float


def likely_competitors(network: Network) -> set[tuple[int, int]]:
    """Return pairs of row numbers, the lower first: members of one trade within 30 km.

    Each member brings its three nearest; of two at the same distance, the lower number. One query.
    """
    trades: dict[str, list[Placed]] = defaultdict(list)
    for member in _members(network):
        trades[member.trade].append(member)
    return {pair for members in trades.values() for pair in nearest_pairs(members)}


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


def nearest_pairs(members: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Yield each member of a trade, in the order of their numbers, with its nearest."""
    places = np.array([complex(member.x, member.y) for member in members])
    for start in range(0, len(members), ROWS):
        metres = np.abs(places[start : start + ROWS, np.newaxis] - places)
        ranks = np.arange(len(metres))
        metres[ranks, start + ranks] = np.inf  # nobody competes with itself
        for _turn in range(NEAREST):
            nearest = metres.argmin(axis=1)
            for rank in np.flatnonzero(metres[ranks, nearest] <= REACH_METRES).tolist():
                one, other = members[start + rank].pk, members[int(nearest[rank])].pk
                yield min(one, other), max(one, other)
            metres[ranks, nearest] = np.inf
