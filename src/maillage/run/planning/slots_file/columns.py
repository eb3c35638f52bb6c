"""What each column of a file of slots holds."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.foundation.vocabularies.folding import letters_and_digits

FIELDS: Final[Mapping[str, Promise]] = {
    "siret": _("SIRET number"),
    "siren": _("SIREN number"),
    "name": _("Name of the firm"),
    "commune": _("Commune"),
    "occupation": _("Occupation"),
    "day": _("Day, or day of the week"),
    "start": _("From what time"),
    "end": _("To what time"),
    "people": _("How many people"),
    "importance": _("How important"),
    "since": _("Since"),
    "until": _("Last day"),
}
NEEDED: Final = ("occupation", "day", "start", "end")
# Titles as people write them, folded: no accent, no space, no capital.
TITLES: Final[Mapping[str, str]] = {
    "siret": "siret numerosiret siretnumber nosiret siretdeletablissement",
    "siren": "siren numerosiren sirennumber",
    "name": "entreprise firm nom name raisonsociale societe nomdelentreprise nameofthefirm company",
    "commune": "commune ville town city",
    "occupation": "metier competence occupation skill poste job rome coderome trade romecode",
    "day": "jour jours day date weekday jourdelasemaine dayoftheweek jouroudate dayorweekday",
    "start": "debut de start from heuredebut heurededebut starttime begin fromwhattime",
    "end": "fin a end to heurefin heuredefin endtime towhattime",
    "people": "nombre personnes nombredepersonnes effectif howmany people count howmanypeople",
    "importance": "importance howimportant priorite priority",
    "since": "depuis apartirdu du since validfrom startson datededebut premierjour firstday",
    "until": "jusquau jusqua au until lastday dernierjour datedefin validto endson",
}
BY_TITLE: Final[Mapping[str, str]] = {
    title: field for field, titles in TITLES.items() for title in titles.split()
}


def recognise(titles: Sequence[str]) -> list[str]:
    """Return the field that each column seems to hold, "" where none is known; each once.

    "From" and "to" are times the first time they appear, then days.
    """
    taken: set[str] = set()
    fields = []
    for title in titles:
        field = BY_TITLE.get(letters_and_digits(title), "")
        field = {"start": "since", "end": "until"}.get(field, "") if field in taken else field
        field = "" if field in taken else field
        taken.add(field)
        fields.append(field)
    return fields


def is_known(title: str) -> bool:
    """Whether a text is the heading of a column that is looked for."""
    return letters_and_digits(title) in BY_TITLE
