"""Tidying what somebody says of an organisation, and finding what is wrong with it.

Nothing here reads the database: twenty thousand rows of an import are checked in a few seconds.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from math import cos, hypot, isfinite, radians
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models

from maillage.foundation.organisations.activities import read_activity
from maillage.foundation.organisations.agreements import read_agreement
from maillage.foundation.organisations.drafts import OrganisationDraft, SiteDraft
from maillage.foundation.organisations.enums import BodyFamily, OrganisationKind, SizeBand
from maillage.foundation.organisations.identifiers import IdentifierError, read_siren, read_siret
from maillage.foundation.organisations.models import Organisation, Site
from maillage.foundation.organisations.places import locate
from maillage.foundation.organisations.problems import DraftError, Problem
from maillage.foundation.vocabularies.gazetteer import METRES_PER_DEGREE, in_or_near_france

# A commune is seldom larger than this around its town hall.
FARTHEST_METRES: Final = 50_000
MOST_EMPLOYEES: Final = 2_000_000
# Upper end of each size, in employees.
BANDS: Final = ((0, SizeBand.SELF_EMPLOYED), (9, SizeBand.VERY_SMALL), (49, SizeBand.SMALL))
BANDS_ABOVE: Final = ((249, SizeBand.MEDIUM), (MOST_EMPLOYEES, SizeBand.LARGE))
SHORTEST_PHONE, LONGEST_PHONE = 6, 15  # digits

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_PHONE = re.compile(r"^\+?[\d\s.\-/()\u00a0\u202f]+$")
_POSTCODE = re.compile(r"^\d{5}$")
_POSTCODE_INSIDE = re.compile(r"\b\d{5}\b")
_NUMBER = re.compile(r"^\d[\d\s\u00a0\u202f]*(?:[.,]0+)?$")
_is_email = EmailValidator()
_is_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Checked[Draft]:
    """A tidy draft, and what is wrong with it (nothing, when it is fit to be saved)."""

    draft: Draft
    problems: tuple[Problem, ...]

    def fit(self) -> Draft:
        """Return the draft; raises DraftError when something is wrong with it."""
        if self.problems:
            raise DraftError(self.problems)
        return self.draft


def one_line(text: str) -> str:
    """Return a text on one line, without control characters or blanks around it."""
    return _BLANKS.sub(" ", _CONTROL.sub(" ", text)).strip()


def several_lines(text: str) -> str:
    """Return a text with its lines kept, without control characters or blanks around them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_CONTROL.sub(" ", line).rstrip() for line in lines).strip()


def check(draft: OrganisationDraft) -> Checked[OrganisationDraft]:
    """Tidy what is said of an organisation and of its main site, and find what is wrong.

    Problems about the name of the site are under "site_name", the others under their own field.
    """
    tidy, problems = Tidying(draft), []
    tidy.lines("name", "legal_form", "activity", "phone", "email", "website")
    tidy.paragraphs("presentation", "offers")
    if not tidy["name"]:
        tidy.wrong("name", "name_missing")
    tidy.choice("kind", OrganisationKind.values, needed=True)
    tidy.choice("family", BodyFamily.values)
    tidy.choice("size_band", SizeBand.values)
    tidy.identifier("siren", read_siren)
    _tidy_activity(tidy)
    tidy.read("agreement", read_agreement)
    _tidy_headcount(tidy)
    tidy_contact(tidy)
    tidy.lengths(Organisation)
    site = tidy["site"]
    if site is not None:
        checked = check_site(site, siren=tidy["siren"] if tidy.right("siren") else "")
        tidy["site"] = checked.draft
        problems = [
            replace(one, field="site_name") if one.field == "name" else one
            for one in checked.problems
        ]
        if checked.draft.siret and not tidy["siren"] and not _about(problems, "siret"):
            tidy["siren"] = checked.draft.siret[:9]
    return Checked(tidy.draft(), (*tidy.problems, *problems))


def check_site(draft: SiteDraft, *, siren: str = "") -> Checked[SiteDraft]:
    """Tidy what is said of a site of the organisation `siren`, and find what is wrong."""
    tidy = Tidying(draft)
    tidy.lines("name", "address", "postcode", "commune", "insee")
    tidy.identifier("siret", lambda number: read_siret(number, siren))
    _tidy_place(tidy)
    tidy.lengths(Site)
    return Checked(tidy.draft(), tuple(tidy.problems))


class Tidying:
    """A draft being tidied, field by field."""

    def __init__(self, draft: Any) -> None:
        self.source = draft
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def __getitem__(self, name: str) -> Any:
        return self.values[name] if name in self.values else getattr(self.source, name)

    def __setitem__(self, name: str, value: Any) -> None:
        self.values[name] = value

    def draft(self) -> Any:
        """Return the tidy draft."""
        return replace(self.source, **self.values)

    def wrong(self, name: str, code: str, **params: str | int) -> None:
        """Note a problem of a field."""
        self.problems.append(Problem(name, code, params))

    def right(self, name: str) -> bool:
        """Whether nothing is wrong with a field so far."""
        return not _about(self.problems, name)

    def lines(self, *names: str) -> None:
        """Put each of these fields on one line."""
        for name in names:
            self[name] = one_line(str(self[name] or ""))

    def paragraphs(self, *names: str) -> None:
        """Tidy fields of several lines."""
        for name in names:
            self[name] = several_lines(str(self[name] or ""))

    def choice(self, name: str, choices: Iterable[str], *, needed: bool = False) -> None:
        """Hold a field to a list of values."""
        value = one_line(str(self[name] or ""))
        self[name] = value
        if (value or needed) and value not in choices:
            self.wrong(name, "choice_unknown" if value else "missing", value=value)

    def identifier(self, name: str, read: Callable[[str], str]) -> None:
        """Read a number of the State; what was typed is kept when it is wrong."""
        typed = one_line(str(self[name] or ""))
        self[name] = typed
        if typed:
            try:
                self[name] = read(typed)
            except IdentifierError as error:
                self.wrong(name, error.code, **error.params)

    def read(self, name: str, read: Callable[[str], tuple[str, Problem | None]]) -> None:
        """Read a field whose reader says itself what is wrong."""
        self[name], problem = read(one_line(str(self[name] or "")))
        if problem is not None:
            self.problems.append(problem)

    def lengths(self, model: type[models.Model]) -> None:
        """Hold the fields to the room that the record has for them."""
        for name, limit in _limits(model):
            if hasattr(self.source, name) and len(self[name] or "") > limit and self.right(name):
                self.wrong(name, "too_long", limit=limit)


@cache
def _limits(model: type[models.Model]) -> tuple[tuple[str, int], ...]:
    columns = model._meta.concrete_fields  # noqa: SLF001 -- Django's documented API
    return tuple((one.name, one.max_length) for one in columns if one.max_length is not None)


def _about(problems: Iterable[Problem], field: str) -> bool:
    return any(problem.field == field for problem in problems)


def _tidy_activity(tidy: Tidying) -> None:
    found = read_activity(str(tidy["activity_code"] or ""), str(tidy["activity_scheme"] or ""))
    tidy["activity_code"], tidy["activity_scheme"] = found.code, found.scheme
    if found.problem is not None:
        tidy.problems.append(found.problem)
    elif not tidy["activity"]:
        tidy["activity"] = found.label


def _tidy_headcount(tidy: Tidying) -> None:
    """The number of employees decides the size; a size alone stays as it is."""
    value = tidy["headcount"]
    if isinstance(value, str):
        text = one_line(value)
        value = None
        if text and not _NUMBER.match(text):
            tidy.wrong("headcount", "headcount_format", value=text)
        elif text:
            value = int(re.split(r"[.,]", _BLANKS.sub("", text))[0])
    if value is not None and not 0 <= value <= MOST_EMPLOYEES:
        tidy.wrong("headcount", "headcount_format", value=str(value)[:20])
        value = None
    tidy["headcount"] = value
    if value is not None:
        tidy["size_band"] = size_of(value)


def size_of(headcount: int) -> SizeBand:
    """Return the size of an organisation that employs so many people."""
    return next(band for most, band in (*BANDS, *BANDS_ABOVE) if headcount <= most)


def tidy_contact(tidy: Tidying) -> None:
    """Tidy telephone, e-mail and web site, where the draft has them."""
    if (phone := tidy["phone"]) and (read := read_phone(phone)) is None:
        tidy.wrong("phone", "phone_format", value=phone)
    elif phone:
        tidy["phone"] = read
    email = tidy["email"].removeprefix("mailto:")
    tidy["email"] = email
    if email and not _passes(_is_email, email):
        tidy.wrong("email", "email_format", value=email)
    if hasattr(tidy.source, "website") and (website := tidy["website"]):
        whole = website if "://" in website else f"https://{website}"
        tidy["website"] = whole
        if not _passes(_is_url, whole):
            tidy["website"] = website
            tidy.wrong("website", "website_format", value=website)


def read_phone(text: str) -> str | None:
    """Return a telephone number as it is kept, French ones in pairs; None when it cannot be one.

    The first zero, which spreadsheets drop, is put back.
    """
    if not _PHONE.match(text):
        return None
    digits = "".join(letter for letter in text if letter.isdigit())
    if text.startswith(("+33", "0033")):
        digits = "0" + digits.removeprefix("00").removeprefix("33").lstrip("0")
    elif len(digits) == 9 and digits[0] != "0" and not text.startswith("+"):  # noqa: PLR2004 -- a French number without its zero
        digits = f"0{digits}"
    if len(digits) == 10 and digits[0] == "0" and digits[1] != "0":  # noqa: PLR2004 -- a French number
        return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
    return text if SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE else None


def _passes(validator: Callable[[str], None], text: str) -> bool:
    try:
        validator(text)
    except ValidationError:
        return False
    return True


def _tidy_place(tidy: Tidying) -> None:
    """Find the commune, then keep the coordinates typed, else take those of its town hall."""
    name, postcode = tidy["commune"], tidy["postcode"]
    if not postcode and (inside := _POSTCODE_INSIDE.search(name)):
        postcode = inside[0]
        name = one_line(name.replace(postcode, " ").replace("()", " "))
    if len(postcode) == 4 and postcode.isdigit():  # noqa: PLR2004 -- 01000 read by a spreadsheet
        postcode = f"0{postcode}"
    if postcode and not _POSTCODE.match(postcode):
        tidy.wrong("postcode", "postcode_format", postcode=postcode)
        return
    place = locate(name=name, postcode=postcode, insee=tidy["insee"])
    _tidy_coordinates(tidy)
    if place.problem is not None or place.commune is None:
        tidy.problems += [place.problem] if place.problem is not None else []
        return
    commune = place.commune
    tidy["commune"], tidy["insee"] = commune.name, place.insee
    tidy["postcode"] = postcode or (commune.postcodes[0] if len(commune.postcodes) == 1 else "")
    if not (tidy.right("latitude") and tidy.right("longitude")):
        return
    if tidy["latitude"] is None or not tidy["placed_by_hand"]:
        tidy["latitude"], tidy["longitude"] = commune.latitude, commune.longitude
        tidy["placed_by_hand"] = False
    else:
        far = metres_between(
            tidy["latitude"], tidy["longitude"], commune.latitude, commune.longitude
        )
        if far > FARTHEST_METRES:
            kilometres = round(far / 1000)
            tidy.wrong("latitude", "coordinates_far", kilometres=kilometres, commune=commune.name)


def _tidy_coordinates(tidy: Tidying) -> None:
    known: dict[str, Any] = {}
    for name, most in (("latitude", 90), ("longitude", 180)):
        typed = tidy[name]
        value = _degrees(typed) if isinstance(typed, str) else typed
        if isinstance(typed, str) and typed.strip() and value is None:
            tidy.wrong(name, "coordinate_format", value=one_line(typed))
        elif value is not None and not (isfinite(value) and abs(value) <= most):
            tidy.wrong(name, f"{name}_range")
        known[name] = value
    if not (tidy.right("latitude") and tidy.right("longitude")):
        return
    tidy.values |= known
    missing = [name for name, value in known.items() if value is None]
    if len(missing) == 1:
        tidy.wrong(missing[0], "coordinate_alone")
    elif not missing:
        if isinstance(tidy.source.latitude, str):
            tidy["placed_by_hand"] = True
        if not in_or_near_france(known["latitude"], known["longitude"]):
            tidy.wrong("latitude", "coordinates_away")


def _degrees(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        return None


def metres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Return the distance between two places a few hundred kilometres apart at most, in metres."""
    squeeze = cos(radians((latitude + other_latitude) / 2))
    return METRES_PER_DEGREE * hypot(
        latitude - other_latitude, (longitude - other_longitude) * squeeze
    )
