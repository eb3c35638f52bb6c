"""The public directory: who chose to be in it, near whom, doing what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.http import Http404
from django_scopes import scope

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.enums import SizeBand
from maillage.foundation.visibility.directory import public_directory
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.foundation.vocabularies.folding import plain
from maillage.foundation.vocabularies.gazetteer import Commune, find_commune, suggest
from maillage.web.ui.lists import ListRows
from maillage.web.ui.parts import MapPoint, Town

EARTH_RADIUS_METRES = 6_371_000
TOWNS_ON_MAP = 7


@dataclass(frozen=True, slots=True)
class Card:
    """A firm of the public directory; where it does not show its address, it is at its commune."""

    seen: SeenOrganisation
    network: str
    latitude: float | None = None
    longitude: float | None = None
    metres: int | None = None

    @property
    def size(self) -> str:
        """The size of the firm, in words, where it shows it."""
        return str(SizeBand(self.seen.size_band).label) if self.seen.size_band else ""

    @property
    def summary(self) -> str:
        """The first line of its presentation."""
        return (self.seen.presentation or "").strip().split("\n", maxsplit=1)[0]

    @property
    def offers(self) -> Sequence[str]:
        """What it offers, one line each."""
        return [line.strip() for line in (self.seen.offers or "").splitlines() if line.strip()]


@contextmanager
def opened(slug: str) -> Iterator[Network]:
    """Open a network that shows its members to everybody; any other gives 404."""
    network = Network.objects.filter(slug=slug, listed=True, closed_on=None).first()
    if network is None:
        raise Http404
    with scope(network=network, register=network.register):
        yield network


def cards(network: Network, near: Commune | None = None) -> list[Card]:
    """Return every firm with a public page, with its distance from a commune."""
    return [card(network, seen, near) for seen in public_directory(network).all()]


def card(network: Network, seen: SeenOrganisation, near: Commune | None = None) -> Card:
    """Return a firm with its place and its distance from a commune."""
    place = _place(seen)
    if place is None:
        return Card(seen, network.slug)
    away = None if near is None else metres_between(place, (near.latitude, near.longitude))
    return Card(seen, network.slug, *place, away)


def _place(seen: SeenOrganisation) -> tuple[float, float] | None:
    if seen.latitude is not None and seen.longitude is not None:
        return seen.latitude, seen.longitude
    commune = find_commune(insee=seen.insee or "")
    return None if commune is None else (commune.latitude, commune.longitude)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Return the distance between two points given in degrees, along the surface, in metres."""
    (lat1, lon1), (lat2, lon2) = (map(radians, point) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_RADIUS_METRES * asin(sqrt(half)))


def matching(
    found: Sequence[Card],
    *,
    q: str = "",
    near: str | None = None,
    trade: str | None = None,
    order: str | None = None,
) -> ListRows[Card]:
    """Return the firms that hold every word of `q` somewhere on their page, in one trade.

    The nearest come first when a place is given, unless `order` asks for names.
    """
    words = plain(q).split()
    kept = [
        card
        for card in found
        if (not trade or card.seen.activity == trade)
        and all(word in plain(_text(card)) for word in words)
    ]
    if near and order != "name":
        kept.sort(key=lambda card: (card.metres is None, card.metres or 0))
    return ListRows(kept)


def _text(card: Card) -> str:
    seen = card.seen
    parts = (seen.name, seen.activity, seen.commune, seen.presentation, seen.offers)
    return " ".join(part for part in parts if part)


def trades(found: Sequence[Card]) -> list[tuple[str, int]]:
    """Return the trades of these firms with how many there are, the most frequent first."""
    counts = Counter(card.seen.activity for card in found if card.seen.activity)
    return sorted(counts.items(), key=lambda trade: (-trade[1], trade[0]))


def commune_called(text: str) -> tuple[Commune | None, Sequence[Commune]]:
    """Return the commune with this name or postcode, or else those it may be."""
    text = text.strip()
    if not text:
        return None, ()
    known = find_commune(postcode=text) if text.isdigit() else find_commune(name=text)
    if known is not None:
        return known, ()
    likely = suggest(text)
    if likely and plain(likely[0].name) == plain(text):
        return likely[0], likely[1:]
    return None, likely


def map_points(found: Sequence[Card]) -> tuple[list[MapPoint], list[Town]]:
    """Return the firms as points, and the names of the communes where most of them are."""
    points = [
        MapPoint(card.latitude, card.longitude, card.seen.name)
        for card in found
        if card.latitude is not None and card.longitude is not None
    ]
    counts: Counter[Any] = Counter(card.seen.insee for card in found if card.seen.insee)
    towns = []
    for insee, _count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:TOWNS_ON_MAP]:
        commune = find_commune(insee=insee)
        if commune is not None:
            towns.append(Town(commune.name, commune.latitude, commune.longitude))
    return points, towns
