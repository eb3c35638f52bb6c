"""What the cells of a row say of an organisation, of its site and of the person to contact.

Words that people write for a kind or a size become the values we keep; anything else is left as
typed, for the checks to name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db.models import TextChoices
from django.utils.timezone import localdate
from django.utils.translation import override

from maillage.foundation.organisations.checking import size_of
from maillage.foundation.organisations.drafts import (
    ORGANISATION_FIELDS,
    SITE_FIELDS,
    OrganisationDraft,
    SiteDraft,
)
from maillage.foundation.organisations.enums import (
    ActivityScheme,
    BodyFamily,
    OrganisationKind,
    RoleKind,
    SizeBand,
)
from maillage.foundation.organisations.people import RoleDraft
from maillage.foundation.vocabularies.folding import letters_and_digits

# A long number that a spreadsheet shortened: 4,43062E+13.
SHORTENED: Final = re.compile(r"^\d[.,]?\d*E\+?\d+$", re.IGNORECASE)
LONGEST_COUNT: Final = 6  # digits of a number of employees

_WHOLE: Final = re.compile(r"^\d[\d\s\u00a0\u202f]*(?:[.,]0+)?$")
_NUMBERS: Final = re.compile(r"\d+(?:[\s\u00a0\u202f]\d{3})*")
_LESS: Final = re.compile(r"^\s*(?:moins de|less than|under|<)", re.IGNORECASE)

# Sizes as the statistics office codes them.
INSEE_SIZES: Final[Mapping[str, SizeBand]] = {
    **dict.fromkeys(("NN", "00"), SizeBand.SELF_EMPLOYED),
    **dict.fromkeys(("01", "02", "03"), SizeBand.VERY_SMALL),
    **dict.fromkeys(("11", "12"), SizeBand.SMALL),
    **dict.fromkeys(("21", "22", "31"), SizeBand.MEDIUM),
    **dict.fromkeys(("32", "41", "42", "51", "52", "53"), SizeBand.LARGE),
}
SYNONYMS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        "entreprise": OrganisationKind.FIRM,
        "societe": OrganisationKind.FIRM,
        "artisan": OrganisationKind.FIRM,
        "commerce": OrganisationKind.FIRM,
        "commercant": OrganisationKind.FIRM,
        "exploitation": OrganisationKind.FIRM,
        "tpe": OrganisationKind.FIRM,
        "pme": OrganisationKind.FIRM,
        "company": OrganisationKind.FIRM,
        "business": OrganisationKind.FIRM,
        "grandgroupe": OrganisationKind.LARGE_FIRM,
        "grandeentreprise": OrganisationKind.LARGE_FIRM,
        "asso": OrganisationKind.ASSOCIATION,
        "association1901": OrganisationKind.ASSOCIATION,
        "scop": OrganisationKind.COOPERATIVE,
        "cuma": OrganisationKind.COOPERATIVE,
        "chambre": OrganisationKind.CHAMBER,
        "chambreconsulaire": OrganisationKind.CHAMBER,
        "syndicat": OrganisationKind.CHAMBER,
        "collectivite": OrganisationKind.AUTHORITY,
        "mairie": OrganisationKind.AUTHORITY,
        "commune": OrganisationKind.AUTHORITY,
        "organismedeformation": OrganisationKind.TRAINING_BODY,
        "formation": OrganisationKind.TRAINING_BODY,
        "banque": OrganisationKind.BANK,
    },
    "family": {},
    "activity_scheme": {
        "nafrev2": ActivityScheme.NAF_2,
        "naf2008": ActivityScheme.NAF_2,
        "naf2": ActivityScheme.NAF_2,
        "naf25": ActivityScheme.NAF_2025,
        "naf2025": ActivityScheme.NAF_2025,
    },
}
CHOICES: Final[Mapping[str, type[TextChoices]]] = {
    "kind": OrganisationKind,
    "family": BodyFamily,
    "activity_scheme": ActivityScheme,
}
# Functions of whoever answers for the firm, in small letters without accents or blanks.
HEADS: Final = frozenset(
    (
        *("gerant", "gerante", "dirigeant", "dirigeante", "patron", "patronne", "president"),
        *("presidente", "pdg", "dg", "artisan", "exploitant", "exploitante", "proprietaire"),
        *("directeur", "directrice", "directeurgeneral", "chefdentreprise", "chefentreprise"),
        *("owner", "ceo", "manager", "head", "headofthefirm"),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: the draft, the person, the fields given, and those typed beyond repair."""

    draft: OrganisationDraft
    contact: RoleDraft | None
    given: frozenset[str]
    shortened: Mapping[str, str]


def read_values(cells: Mapping[str, str], *, scheme: str = "") -> Said:
    """Return what the cells of a row (by field, none empty) say.

    `scheme` is the list of the activity code when its heading names one.
    """
    values: dict[str, Any] = dict(cells)
    shortened = {
        field: values.pop(field)
        for field in ("siren", "siret", "phone")
        if SHORTENED.match(values.get(field, ""))
    }
    contact = _contact(values)
    for field, choices in CHOICES.items():
        if field in values:
            values[field] = read_choice(values[field], choices, SYNONYMS[field])
    _read_size(values)
    if scheme and "activity_code" in values:
        values.setdefault("activity_scheme", scheme)
    given = frozenset(values)
    site = {name: values.pop(name) for name in SITE_FIELDS if name != "name" and name in values}
    if "site_name" in values:
        site["name"] = values.pop("site_name")
    known = {name: values[name] for name in ORGANISATION_FIELDS if name in values}
    draft = OrganisationDraft(**{"name": "", **known}, site=SiteDraft(**site))
    return Said(draft, contact, given, shortened)


def _contact(values: dict[str, Any]) -> RoleDraft | None:
    """Take the person out of the values; without a name, what reaches them reaches the firm."""
    first, name = values.pop("contact_first_name", ""), values.pop("contact_name", "")
    title = values.pop("contact_title", "")
    email, phone = values.pop("contact_email", ""), values.pop("contact_phone", "")
    whole = f"{first} {name}".strip()
    if not whole:
        for field, value in (("email", email), ("phone", phone)):
            if value:
                values.setdefault(field, value)
        return None
    kind = RoleKind.OWNER if letters_and_digits(title) in HEADS else RoleKind.CORRESPONDENT
    return RoleDraft(
        name=whole, kind=kind, title=title, email=email, phone=phone, starts_on=localdate()
    )


def read_choice(text: str, choices: type[TextChoices], synonyms: Mapping[str, str]) -> str:
    """Return the value that a text means, in any language of the site, else the text."""
    word = letters_and_digits(text)
    return synonyms.get(word) or _labels(choices).get(word, text)


@cache
def _labels(choices: type[TextChoices]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {letters_and_digits(str(one.label)): one.value for one in choices}
    return found | {letters_and_digits(value): value for value in choices.values}


def _read_size(values: dict[str, Any]) -> None:
    """Tell numbers of employees from sizes, whichever column they stand in."""
    headcount = values.get("headcount", "")
    if headcount and not _WHOLE.match(headcount) and (size := read_size(headcount)):
        del values["headcount"]
        values.setdefault("size_band", size)
    if "size_band" in values:
        values["size_band"] = read_size(values["size_band"]) or values["size_band"]


def read_size(text: str) -> str:
    """Return the size that a text means ("3 à 5 salariés", "moins de 10", "12"), or ""."""
    known = INSEE_SIZES.get(text.upper()) or _labels(SizeBand).get(letters_and_digits(text))
    if known:
        return known
    numbers = _counts(_NUMBERS.findall(text))
    if not numbers:
        return ""
    most = max(numbers) - (1 if _LESS.match(text) else 0)
    return size_of(max(most, 0))


def _counts(found: Iterable[str]) -> list[int]:
    counts = ("".join(number.split()) for number in found)
    return [int(count) for count in counts if len(count) <= LONGEST_COUNT]
