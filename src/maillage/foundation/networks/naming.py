"""Which firm of the directory a line of a file is about: by its numbers, else by its name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.models import Site
from maillage.foundation.vocabularies.folding import letters_and_digits

NAMING: Final = ("siret", "siren", "name")


class NamingError(ValueError):
    """Nothing, or too much, is known by that name: a sentence says what to do."""


@dataclass(slots=True)
class Firms:
    """The firms of the directory, by what names them; values are their row numbers."""

    by_siret: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_siren: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    places: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def known_firms(network_id: int) -> Firms:
    """Return the firms that a network lists, by what names them; one query."""
    listed = Membership.objects.filter(network=network_id).values("organisation")
    found = Firms()
    rows = Site.objects.filter(organisation__in=listed).values_list(
        "organisation", "organisation__name", "organisation__siren", "siret", "commune", "postcode"
    )
    for pk, name, siren, siret, commune, postcode in rows:
        found.by_siret[siret].add(pk)
        found.by_siren[siren].add(pk)
        found.by_name[letters_and_digits(name)].add(pk)
        found.places[pk] |= {letters_and_digits(commune), postcode}
    return found


def name_in(cells: Mapping[str, str]) -> str:
    """Return what a line calls its firm, "–" for nothing."""
    return next((cells[name] for name in ("name", "siret", "siren") if cells.get(name)), "–")


def firm_named(cells: Mapping[str, str], firms: Firms) -> int:
    """Return the row number of the firm that a line names. Raises NamingError."""
    if not any(cells.get(name) for name in NAMING):
        raise NamingError(_("Nothing tells which firm it is: give its SIRET number, or its name."))
    found: Iterable[int] = ()
    for name, known in (("siret", firms.by_siret), ("siren", firms.by_siren)):
        digits = letters_and_digits(cells.get(name, ""))
        if digits and not found:
            found = known.get(digits, ())
    if not found and (called := letters_and_digits(cells.get("name", ""))):
        found = firms.by_name.get(called, ())
        places = [letters_and_digits(cells.get(key, "")) for key in ("commune", "postcode")]
        for place in filter(None, places):
            found = [pk for pk in found if place in firms.places[pk]]
    every = list(found)
    if not every:
        raise NamingError(_("No firm of the directory is known so: import it first."))
    if len(every) > 1:
        raise NamingError(_("Several firms are called so: give the SIRET number."))
    return every[0]
