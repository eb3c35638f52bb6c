"""Reads of needs and offers; each function says for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.queries import own_organisations, strangers_and_friends
from maillage.launch.needs.enums import CLOSED, NeedKind
from maillage.launch.needs.models import Need, NeedPassage


@dataclass(frozen=True, slots=True)
class StaffNeed:
    """Hours that a firm would give to somebody, with the place where they are worked."""

    need_id: UUID
    organisation_id: int
    organisation_public_id: UUID
    firm: str
    occupation: str
    occupation_label: str
    latitude: float
    longitude: float
    place: str
    half_hours: tuple[int, ...]


def open_needs(network: Network) -> QuerySet[Need]:
    """Return what firms still listed in a network need and offer, neither served nor dropped.

    For whoever follows needs, and for what counts without naming.
    """
    listed = Membership.objects.filter(network=network, organisation=OuterRef("organisation"))
    return Need.objects.filter(Exists(listed), organisation__closed_on=None).exclude(
        state__in=CLOSED
    )


def staff_needs(network: Network) -> tuple[StaffNeed, ...]:
    """Return the open needs of staff of a network, for whoever composes shared jobs.

    A firm without a place on the map is left out: nobody can say how far it is.
    """
    needs = (
        open_needs(network)
        .filter(network=network, kind=NeedKind.NEED)
        .exclude(half_hours=[])
        .select_related("organisation")
        .order_by("pk")
    )
    rows = [need for need in needs if any(need.half_hours)]
    sites = Site.objects.filter(
        organisation__in={need.organisation_id for need in rows}, is_main=True, closed_on=None
    )
    place_of = {site.organisation_id: site for site in sites}
    return tuple(
        _staff_need(need, place_of[need.organisation_id])
        for need in rows
        if need.organisation_id in place_of
    )


def _staff_need(need: Need, site: Site) -> StaffNeed:
    return StaffNeed(
        need_id=need.public_id,
        organisation_id=need.organisation_id,
        organisation_public_id=need.organisation.public_id,
        firm=need.organisation.name,
        occupation=need.occupation,
        occupation_label=need.occupation_label or need.title,
        latitude=site.latitude,
        longitude=site.longitude,
        place=site.commune,
        half_hours=tuple(need.half_hours),
    )


def needs_of(organisation: Organisation) -> QuerySet[Need]:
    """Return what a firm needs and offers, for that firm."""
    return Need.objects.filter(organisation=organisation).select_related("territory")


def shown_needs(acting: Acting) -> QuerySet[Need]:
    """Return what other firms need and offer, as the firm of the role in use may know it.

    A need is shown by its own level and never further than its firm: to members, or to those who
    were introduced. Competitors know nothing of each other's needs, whatever the level.
    """
    own = own_organisations(acting)
    if acting.network is None or not acting.can("see_directory"):
        return Need.objects.none()
    rivals, friends = strangers_and_friends(own)
    shown = Q(level__gte=Level.NETWORK) | Q(level=Level.MATCHED, organisation__in=friends)
    return (
        open_needs(acting.network)
        .filter(shown, organisation__in=directory_of(acting).ids())
        .exclude(organisation__in=rivals | own)
        .select_related("organisation")
    )


def needs_seen_at(organisation: Organisation, level: Level) -> QuerySet[Need]:
    """Return what a firm shows of its needs at a distance, for that firm itself.

    Members stand at NETWORK, those it was introduced to at MATCHED; a competitor, and the public,
    see none.
    """
    rows = Need.objects.filter(organisation=organisation).exclude(state__in=CLOSED)
    return rows.filter(level__gte=level) if level < Level.PUBLIC else rows.none()


def passages_of(need: Need) -> Sequence[NeedPassage]:
    """Return the history of a need, for whoever may read the need."""
    return list(NeedPassage.objects.filter(need=need))
