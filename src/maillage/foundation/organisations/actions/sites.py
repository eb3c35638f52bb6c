"""Sites of an organisation: added, changed, moved on the map, closed."""

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.organisations.actions.trail import (
    claim_version,
    raise_version,
    write_line,
)
from maillage.foundation.organisations.checking import check_site
from maillage.foundation.organisations.drafts import (
    SITE_FIELDS,
    SiteDraft,
    new_site,
    put_into,
    values_of,
)
from maillage.foundation.organisations.errors import OrganisationError, SiteChangedError
from maillage.foundation.organisations.models import Organisation, Site

PRECISION: Final = 5  # decimals of a degree that people see: one metre


@transaction.atomic
def add_site(
    *,
    organisation: Organisation,
    draft: SiteDraft,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Site:
    """Add a site; the first open one is the main one.

    Raises DraftError when something in the draft cannot be right, OrganisationError when the
    organisation has a site of this SIRET.
    """
    tidy = check_site(draft, siren=organisation.siren).fit()
    raise_version(organisation)
    has_main = Site.objects.filter(organisation=organisation, is_main=True).exists()
    site = new_site(organisation, tidy, is_main=not has_main)
    _save(site)
    _trail(site, "add", actor_id, network_id, after=values_of(tidy, SITE_FIELDS))
    return site


@transaction.atomic
def change_site(
    *,
    site: Site,
    draft: SiteDraft,
    version: int | None = None,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Site:
    """Change what is known of a site; `version` is that of the organisation when it was read.

    A change of commune moves the site to the new commune unless a new place is given with it.
    Raises DraftError, OrganisationError, or SiteChangedError when somebody was faster.
    """
    organisation = site.organisation
    tidy = check_site(_placed(draft, site), siren=organisation.siren).fit()
    before = values_of(site, SITE_FIELDS)
    changed = put_into(site, tidy, SITE_FIELDS)
    if not changed:
        return site
    if not claim_version(organisation, version):
        latest = Organisation.objects.get(pk=organisation.pk)
        raise SiteChangedError(latest.version)
    _save(site, *changed)
    after = values_of(site, SITE_FIELDS)
    _trail(site, "change", actor_id, network_id, before=before, after=after)
    return site


def _placed(draft: SiteDraft, site: Site) -> SiteDraft:
    """Return a draft whose coordinates are those of somebody who moved the pin, or none.

    A form sends back the coordinates it showed: they are a choice only where they differ.
    """
    if not _same_place(draft, site):
        return draft
    moved = bool(draft.commune) and draft.commune.strip() != site.commune
    if moved or not site.placed_by_hand:
        return replace(draft, latitude=None, longitude=None, placed_by_hand=False)
    return replace(draft, latitude=site.latitude, longitude=site.longitude, placed_by_hand=True)


def _same_place(draft: SiteDraft, site: Site) -> bool:
    pairs = ((draft.latitude, site.latitude), (draft.longitude, site.longitude))
    return all(_shown(typed) == f"{known:.{PRECISION}f}" for typed, known in pairs)


def _shown(typed: str | float | None) -> str:
    text = "" if typed is None else str(typed).strip().replace(",", ".")
    try:
        return f"{float(text):.{PRECISION}f}"
    except ValueError:
        return text


@transaction.atomic
def move_site(
    *,
    site: Site,
    latitude: str | float,
    longitude: str | float,
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Site:
    """Move a site by hand to a place, in degrees; raises DraftError when it cannot be there."""
    kept = {name: getattr(site, name) for name in SITE_FIELDS}
    kept |= {"latitude": str(latitude), "longitude": str(longitude), "placed_by_hand": True}
    return change_site(site=site, draft=SiteDraft(**kept), actor_id=actor_id, network_id=network_id)


@transaction.atomic
def make_main_site(*, site: Site, actor_id: UUID | None, network_id: UUID | None = None) -> None:
    """Make a site the main one, by which the organisation is found on lists and maps."""
    if site.closed_on is not None:
        raise OrganisationError(_("A closed site cannot be the main one."))
    if site.is_main:
        return
    raise_version(site.organisation)
    Site.objects.filter(organisation=site.organisation, is_main=True).update(is_main=False)
    site.is_main = True
    site.save(update_fields=["is_main"])
    _trail(site, "make-main", actor_id, network_id, {"is_main": False}, {"is_main": True})


@transaction.atomic
def close_site(
    *, site: Site, day: date, actor_id: UUID | None, network_id: UUID | None = None
) -> None:
    """Close a site on a day; the main one only once another has taken its place."""
    if day > localdate():
        raise OrganisationError(_("A site is noted as closed once it is: choose a past day."))
    if site.is_main:
        raise OrganisationError(
            _("This is the main site: make another site the main one before you close it.")
        )
    _set_closed(site, day, "close", actor_id, network_id)


@transaction.atomic
def reopen_site(*, site: Site, actor_id: UUID | None, network_id: UUID | None = None) -> None:
    """Take the closure of a site back."""
    _set_closed(site, None, "reopen", actor_id, network_id)


def _set_closed(
    site: Site, day: date | None, act: str, actor_id: UUID | None, network_id: UUID | None
) -> None:
    before = site.closed_on
    if before == day:
        return
    raise_version(site.organisation)
    site.closed_on = day
    site.save(update_fields=["closed_on"])
    _trail(site, act, actor_id, network_id, {"closed_on": before}, {"closed_on": day})


def _save(site: Site, *names: str) -> None:
    try:
        with transaction.atomic():
            site.save(update_fields=names or None)
    except IntegrityError as error:
        raise OrganisationError(_("The firm already has a site with this SIRET number.")) from error


def _trail(
    site: Site,
    act: str,
    actor_id: UUID | None,
    network_id: UUID | None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    organisation = {"organisation": str(site.organisation.public_id)}
    write_line(
        act,
        "site",
        site.public_id,
        actor_id=actor_id,
        network_id=network_id,
        before=before,
        after=(after or {}) | (organisation if before is None else {}),
    )
