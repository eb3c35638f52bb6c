"""What somebody says of an organisation, before it is a record.

Forms, imports and the demonstration fill in a draft; `checking.check` tidies it and finds what is
wrong; the functions here turn a tidy draft into rows that are not saved yet.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any, Final

from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation, Register, Site
from maillage.foundation.vocabularies.folding import plain

FOLDED_LENGTH: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """What is said of a site. Coordinates are degrees, given when it is placed by hand."""

    name: str = ""
    siret: str = ""
    address: str = ""
    postcode: str = ""
    commune: str = ""
    insee: str = ""
    latitude: str | float | None = None
    longitude: str | float | None = None
    placed_by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """What is said of an organisation and of its main site, as typed or as tidied."""

    name: str
    kind: str = OrganisationKind.FIRM
    family: str = ""
    legal_form: str = ""
    siren: str = ""
    activity_scheme: str = ""
    activity_code: str = ""
    activity: str = ""
    agreement: str = ""
    size_band: str = ""
    headcount: str | int | None = None
    phone: str = ""
    email: str = ""
    website: str = ""
    presentation: str = ""
    offers: str = ""
    site: SiteDraft | None = None


# Names of the columns of a record that a draft fills in.
ORGANISATION_FIELDS: Final = tuple(
    one.name for one in fields(OrganisationDraft) if one.name != "site"
)
SITE_FIELDS: Final = tuple(one.name for one in fields(SiteDraft))


def folded(name: str) -> str:
    """Return a name as it is searched and sorted."""
    return plain(name)[:FOLDED_LENGTH]


def new_organisation(register: Register, draft: OrganisationDraft) -> Organisation:
    """Return the record of a tidy draft, not saved."""
    values = {name: getattr(draft, name) for name in ORGANISATION_FIELDS}
    return Organisation(register=register, folded_name=folded(draft.name), **values)


def new_site(organisation: Organisation, draft: SiteDraft, *, is_main: bool = True) -> Site:
    """Return the site of a tidy draft, not saved."""
    values = {name: getattr(draft, name) for name in SITE_FIELDS}
    return Site(organisation=organisation, is_main=is_main, **values)


def draft_of(organisation: Organisation, site: Site | None = None) -> OrganisationDraft:
    """Return what a record says, as a draft."""
    values = {name: getattr(organisation, name) for name in ORGANISATION_FIELDS}
    return OrganisationDraft(**values, site=None if site is None else site_draft_of(site))


def site_draft_of(site: Site) -> SiteDraft:
    """Return what is known of a site, as a draft."""
    return SiteDraft(**{name: getattr(site, name) for name in SITE_FIELDS})


def values_of(record: object, names: Collection[str]) -> dict[str, Any]:
    """Return some values of a record or a draft, as the trail keeps them."""
    return {name: getattr(record, name) for name in names}


def put_into(
    record: Organisation | Site, draft: OrganisationDraft | SiteDraft, names: Collection[str]
) -> dict[str, tuple[object, object]]:
    """Write the named values of a tidy draft into a record, without saving it.

    Returns the fields that change, each with its old and its new value. The folded name follows
    the name; the version is left to whoever saves.
    """
    changed = {}
    for name in names:
        old, new = getattr(record, name), getattr(draft, name)
        if old != new:
            changed[name] = (old, new)
            setattr(record, name, new)
    if isinstance(record, Organisation) and "name" in changed:
        record.folded_name = folded(record.name)
    return changed
