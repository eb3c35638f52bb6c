"""Which commune an address means, or why that cannot be told."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.foundation.organisations.problems import Problem
from maillage.foundation.vocabularies.gazetteer import (
    TOWNS_WITH_DISTRICTS,
    Commune,
    communes_at,
    communes_named,
    find_commune,
    suggest,
)

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A commune that was found, or the problem that stands in the way."""

    commune: Commune | None = None
    problem: Problem | None = None

    @property
    def insee(self) -> str:
        """The code of the present commune: a former one counts as the commune it is part of."""
        return "" if self.commune is None else present_code(self.commune)


def present_code(commune: Commune) -> str:
    """Return the code under which a commune is found in territories.

    A district of Paris, Lyon or Marseille keeps its own.
    """
    former = commune.part_of and commune.part_of not in TOWNS_WITH_DISTRICTS
    return commune.part_of if former else commune.insee


def locate(*, name: str = "", postcode: str = "", insee: str = "") -> Place:
    """Find the commune that a name, a postcode and an INSEE code mean, whichever are given."""
    if name:
        return _by_name(name, postcode, insee)
    if insee:
        commune = find_commune(insee=insee)
        return Place(commune) if commune else _wrong("insee", "insee_unknown", insee=insee)
    if postcode:
        return _by_postcode(postcode)
    return _wrong("commune", "commune_missing")


def _by_name(name: str, postcode: str, insee: str) -> Place:
    found = find_commune(name=name, postcode=postcode)
    if not insee:
        return Place(found) if found else _unknown(name, postcode)
    coded = find_commune(insee=insee)
    if coded is None:
        return Place(found) if found else _wrong("insee", "insee_unknown", insee=insee)
    if found is None:
        named = [one for one in communes_named(name) if _same(one, coded)]
        return Place(named[0] if named else coded)
    if not _same(found, coded):
        return _wrong(
            "insee", "insee_of_another", insee=insee, other=coded.name, commune=found.name
        )
    return Place(found)


def _same(one: Commune, other: Commune) -> bool:
    town, other_town = one.part_of or one.insee, other.part_of or other.insee
    return town == other_town


def _by_postcode(postcode: str) -> Place:
    found = find_commune(postcode=postcode)
    if found is not None:
        return Place(found)
    there = communes_at(postcode)
    if there:
        return _wrong("commune", "postcode_several", postcode=postcode, near=_names(there))
    return _wrong("commune", "commune_missing")


def _unknown(name: str, postcode: str) -> Place:
    same_name = communes_named(name)
    if not postcode and len({one.insee for one in same_name}) > 1:
        places = [f"{one.name} ({', '.join(one.postcodes[:1])})" for one in same_name]
        return _wrong("commune", "commune_several", commune=name, near=_first(places))
    likely = suggest(name, postcode)
    if likely:
        places = [f"{one.name} ({', '.join(one.postcodes[:1])})" for one in likely]
        return _wrong("commune", "commune_likely", commune=name, near=_first(places))
    if postcode:
        return _wrong("commune", "commune_unknown_at", commune=name, postcode=postcode)
    return _wrong("commune", "commune_unknown", commune=name)


def _names(communes: Iterable[Commune]) -> str:
    return _first([one.name for one in communes])


def _first(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")


def _wrong(field: str, code: str, **params: str | int) -> Place:
    return Place(problem=Problem(field, code, params))
