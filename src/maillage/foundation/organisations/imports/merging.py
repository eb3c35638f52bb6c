"""What a row would change in a record: the cells that are not empty, over what is there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from maillage.foundation.organisations.activities import label_of
from maillage.foundation.organisations.checking import check
from maillage.foundation.organisations.drafts import (
    ORGANISATION_FIELDS,
    SITE_FIELDS,
    OrganisationDraft,
    SiteDraft,
    draft_of,
    site_draft_of,
)
from maillage.foundation.organisations.imports.values import Said
from maillage.foundation.organisations.models import Organisation, Role, Site
from maillage.foundation.organisations.people import RoleDraft
from maillage.foundation.organisations.problems import Problem
from maillage.foundation.vocabularies.folding import plain

type Differences = dict[str, tuple[Any, Any]]

PLACE: Final = frozenset({"commune", "insee", "postcode"})
COORDINATES: Final = frozenset({"latitude", "longitude"})
WHERE: Final = PLACE | COORDINATES | {"placed_by_hand"}
PERSON: Final = ("title", "email", "phone")


@dataclass(frozen=True, slots=True)
class Merged:
    """A record with a row put over it: the tidy draft, what differs, what is wrong."""

    draft: OrganisationDraft
    organisation: Differences
    site: Differences
    problems: tuple[Problem, ...]


def merge(said: Said, own: OrganisationDraft, organisation: Organisation, site: Site) -> Merged:
    """Put a row over a record; `own` is the row alone, tidied. An empty cell never erases."""
    present = draft_of(organisation, site)
    given = {name: getattr(said.draft, name) for name in ORGANISATION_FIELDS if name in said.given}
    if "name" in given and _same_in_capitals(own.name, organisation.name):
        del given["name"]
    if not organisation.siren and own.siren:
        given["siren"] = own.siren
    if "activity_code" in given and "activity" not in given:
        given["activity"] = _activity(organisation, own)
    place = _place(said, own, site_draft_of(site))
    checked = check(replace(present, **given, site=place))
    tidy = checked.draft
    if tidy.site is not None:
        tidy = replace(tidy, site=_kept_place(tidy.site, site, said.given))
    names, places = _touched(said.given, given)
    return Merged(
        draft=tidy,
        organisation=differences(organisation, tidy, names),
        site=differences(site, tidy.site, places),
        problems=tuple(
            one for one in checked.problems if one.field in {*names, *places, *said.given}
        ),
    )


def differences(record: object, draft: object, names: Collection[str]) -> Differences:
    """Return the named fields whose value is not the same, with the old and the new one."""
    pairs = ((name, getattr(record, name), getattr(draft, name)) for name in names)
    return {name: (old, new) for name, old, new in pairs if old != new}


def _same_in_capitals(name: str, known: str) -> bool:
    """Whether a name is the known one in capitals or in small letters, which would spoil it."""
    return plain(name) == plain(known) and (name.isupper() or name.islower())


def _activity(organisation: Organisation, own: OrganisationDraft) -> str:
    """Return the words that go with a new code: its own, unless somebody chose others."""
    same = organisation.activity_code == own.activity_code
    label = label_of(organisation.activity_code, organisation.activity_scheme)
    return organisation.activity if same or organisation.activity not in {"", label} else ""


def _touched(row: Collection[str], given: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the fields of the record and of the site that a row may change."""
    names = set(given)
    if "headcount" in names:
        names.add("size_band")
    if "activity_code" in names:
        names |= {"activity", "activity_scheme"}
    places = {name for name in SITE_FIELDS if name in row and name != "name"}
    if "site_name" in row:
        places.add("name")
    if places & (PLACE | COORDINATES):
        places |= WHERE
    return (
        [name for name in ORGANISATION_FIELDS if name in names],
        [name for name in SITE_FIELDS if name in places],
    )


def _place(said: Said, own: OrganisationDraft, present: SiteDraft) -> SiteDraft:
    """Return the site with the row over it, before it is checked."""
    row = said.draft.site or SiteDraft()
    given = {name: getattr(row, name) for name in SITE_FIELDS if getattr(row, name)}
    found = own.site or SiteDraft()
    if {"commune", "insee"} & set(given):
        given |= {name: getattr(row, name) for name in ("commune", "insee", "postcode")}
    elif "postcode" in given:
        given["insee"] = ""
    if COORDINATES & set(given):
        given |= {name: getattr(row, name) for name in COORDINATES}
    moved = found.insee and found.insee != present.insee
    if moved and not COORDINATES & set(given):
        given |= {"latitude": None, "longitude": None, "placed_by_hand": False}
    return replace(present, **given)


def _kept_place(tidy: SiteDraft, site: Site, row: Collection[str]) -> SiteDraft:
    """In the same commune, what the row leaves out stays as it was."""
    if tidy.insee != site.insee:
        return tidy
    kept: dict[str, Any] = {} if tidy.postcode else {"postcode": site.postcode}
    if not COORDINATES & set(row):
        kept |= {name: getattr(site, name) for name in (*COORDINATES, "placed_by_hand")}
    return replace(tidy, **kept)


def same_person(draft: RoleDraft, roles: Collection[Role]) -> Role | None:
    """Return the person of an organisation who bears this name, if any."""
    wanted = plain(draft.name)
    return next((role for role in roles if plain(role.name) == wanted), None)


def person_differences(role: Role, draft: RoleDraft) -> Differences:
    """Return what a row would change of a person: what it says, where it is not the same."""
    return differences(role, draft, [name for name in PERSON if getattr(draft, name)])
