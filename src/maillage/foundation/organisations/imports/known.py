"""The records of the register that some rows of a file may mean, read in a few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q
from django.utils.timezone import localdate

from maillage.foundation.organisations.drafts import OrganisationDraft, SiteDraft, folded
from maillage.foundation.organisations.imports.door import Door
from maillage.foundation.organisations.models import Organisation, Role, Site

type Place = tuple[str, str]
NOWHERE: Final = ("", "")


@dataclass(frozen=True, slots=True)
class Keys:
    """What tells one organisation from another: its numbers, else its name and commune."""

    siret: str = ""
    siren: str = ""
    place: Place = NOWHERE


def keys_of(draft: OrganisationDraft, wrong: Iterable[str]) -> Keys:
    """Return the keys of a tidy draft; a field that is `wrong` is none."""
    site, bad = draft.site or SiteDraft(), frozenset(wrong)
    siret = "" if "siret" in bad else site.siret
    siren = "" if "siren" in bad else draft.siren
    place = (folded(draft.name), site.insee)
    known = not bad & {"name", "commune", "insee", "postcode"} and all(place)
    return Keys(siret, siren, place if known else NOWHERE)


@dataclass
class Known:
    """Records by what tells them apart. `listed` are those that the network knows of."""

    organisations: dict[int, Organisation] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)
    sites: dict[int, list[Site]] = field(default_factory=lambda: defaultdict(list))
    roles: dict[int, list[Role]] = field(default_factory=lambda: defaultdict(list))
    by_siret: dict[str, list[Site]] = field(default_factory=lambda: defaultdict(list))
    by_siren: dict[str, Organisation] = field(default_factory=dict)
    by_place: dict[Place, list[Organisation]] = field(default_factory=lambda: defaultdict(list))

    def main_site(self, organisation: Organisation) -> Site | None:
        """Return the main site of an organisation, or any."""
        sites = self.sites.get(organisation.pk, [])
        return next((site for site in sites if site.is_main), sites[0] if sites else None)


def known_records(rows: Iterable[Keys], door: Door) -> Known:
    """Return what the register has under the keys of some rows. Seven queries, whatever rows."""
    every = list(rows)
    sirets = {one.siret for one in every} - {""}
    sirens = {one.siren for one in every} - {""}
    names = {one.place[0] for one in every} - {""}
    # Three searches rather than one with “or”, so that each uses its index.
    ids = set(Site.objects.filter(siret__in=sirets).values_list("organisation_id", flat=True))
    ids |= set(
        Organisation.objects.exclude(siren="").filter(siren__in=sirens).values_list("pk", flat=True)
    )
    ids |= set(Organisation.objects.filter(folded_name__in=names).values_list("pk", flat=True))
    known = Known(listed=door.listed(ids))
    for organisation in Organisation.objects.filter(pk__in=ids).order_by("pk"):
        known.organisations[organisation.pk] = organisation
        if organisation.siren:
            known.by_siren[organisation.siren] = organisation
    for site in Site.objects.filter(organisation__in=ids).order_by("-is_main", "pk"):
        _add_site(known, site)
    today = localdate()
    roles = Role.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), organisation__in=ids)
    for role in roles.order_by("pk"):
        known.roles[role.organisation_id].append(role)
    return known


def _add_site(known: Known, site: Site) -> None:
    organisation = known.organisations[site.organisation_id]
    known.sites[organisation.pk].append(site)
    if site.siret:
        known.by_siret[site.siret].append(site)
    here = known.by_place[organisation.folded_name, site.insee]
    if organisation not in here:
        here.append(organisation)
