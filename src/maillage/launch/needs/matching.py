"""Looking for the offers that could answer needs, and telling the firms that may be asked.

What firms said is kept; what nobody answered yet is looked for anew each time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Site
from maillage.foundation.visibility.queries import shielding_pairs
from maillage.launch.needs.bridge import NEEDS_PER_OFFER, OFFERS_PER_NEED, Found, find_matches
from maillage.launch.needs.enums import MatchState, NeedKind, Topic
from maillage.launch.needs.matching_queries import open_to_proposals
from maillage.launch.needs.matching_telling import tell_firms
from maillage.launch.needs.models import Match, Need
from maillage.launch.needs.permissions import can_manage_needs
from maillage.launch.needs.queries import open_needs

UNANSWERED = {"state": MatchState.PROPOSED}
TOLD = ("reasons", "points", "metres")


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking for matches gave: how many are new, all of them, and why needs are alone."""

    new: int
    proposed: int
    alone: Mapping[int, str]


@transaction.atomic
def look_for_matches(*, acting: Acting) -> Looked:
    """Look for the matches of all open needs and offers, and tell the firms of the new ones."""
    network = acting.network
    if network is None or not can_manage_needs(acting):
        raise PermissionDenied
    # Two searches at once would each make the same proposals.
    Network.objects.select_for_update().get(pk=network.pk)
    needs, offers = _statements(network)
    found = _found(needs, offers, _said(network))
    new = _keep(network, found, Match.objects.filter(network=network))
    record(
        actor_id=acting.person.public_id,
        act="match",
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        after={"new": len(new), "proposed": len(found.matches)},
    )
    return Looked(len(new), len(found.matches), found.alone)


@transaction.atomic
def propose_for(need: Need) -> int:
    """Look for what fits one need or offer, just stated or changed; return how many are new.

    What others are already proposed stays theirs: who has its fill is not proposed more.
    """
    if not open_needs(need.network).filter(pk=need.pk).exists():
        return 0
    own = Match.objects.filter(Q(need=need) | Q(offer=need))
    opposite = _with_room(need)
    pair = ([need], opposite) if need.kind == NeedKind.NEED else (opposite, [need])
    found = _found(*pair, _said(need.network)) if opposite else Found((), {})
    return len(_keep(need.network, found, own))


def _with_room(need: Need) -> list[Need]:
    """Return the offers that a need may go with, or the needs of an offer, that have room left."""
    if need.kind == NeedKind.NEED:
        kind, fill, theirs, ours = NeedKind.OFFER, NEEDS_PER_OFFER, "matches_as_offer", "need"
    else:
        kind, fill, theirs, ours = NeedKind.NEED, OFFERS_PER_NEED, "matches_as_need", "offer"
    live = Q(**{f"{theirs}__state__in": (MatchState.PROPOSED, MatchState.ONE)})
    of_others = live & ~Q(**{f"{theirs}__{ours}": need})
    rows = open_needs(need.network).filter(network=need.network, kind=kind)
    if need.topic != Topic.OTHER:
        rows = rows.filter(topic__in=(need.topic, Topic.OTHER))
    free = rows.annotate(proposals=Count(theirs, filter=of_others)).filter(proposals__lt=fill)
    return list(free.select_related("organisation").order_by("pk"))


def why_alone(network: Network) -> list[tuple[Need, str]]:
    """Return the needs without any offer, and why each is left alone, for who follows needs."""
    needs, offers = _statements(network)
    said = _said(network)
    alone = _found(needs, offers, said).alone
    served = {need for need, _offer, state in said if state != MatchState.DECLINED}
    return [(one, alone[one.pk]) for one in needs if one.pk in alone and one.pk not in served]


def _statements(network: Network) -> tuple[list[Need], list[Need]]:
    rows = open_needs(network).filter(network=network)
    every = list(rows.select_related("organisation").order_by("pk"))
    needs = [one for one in every if one.kind == NeedKind.NEED]
    return needs, [one for one in every if one.kind == NeedKind.OFFER]


def _said(network: Network) -> list[tuple[int, int, str]]:
    """Return each need and offer of a match that somebody answered, and its state."""
    rows = Match.objects.filter(network=network).exclude(**UNANSWERED).order_by()
    return list(rows.values_list("need_id", "offer_id", "state"))


def _found(
    needs: Sequence[Need], offers: Sequence[Need], said: Iterable[tuple[int, int, str]]
) -> Found:
    firms = {one.organisation_id for one in (*needs, *offers)}
    sites = Site.objects.filter(organisation__in=firms, is_main=True, closed_on=None)
    places = {site.organisation_id: (site.latitude, site.longitude) for site in sites}
    rivals = shielding_pairs(firms).order_by().values_list("first_id", "second_id")
    return find_matches(
        needs,
        offers,
        places=places,
        rivals=set(rivals),
        answered={(need, offer) for need, offer, _state in said},
    )


def _keep(network: Network, found: Found, among: QuerySet[Match]) -> list[Match]:
    """Keep what was found in place of what nobody answered; tell the firms of what is new."""
    before = {(one.need_id, one.offer_id): one for one in among.filter(**UNANSWERED)}
    made, changed = [], []
    for one in found.matches:
        kept = before.pop((one.need, one.offer), None)
        match = kept or Match(network=network, need_id=one.need, offer_id=one.offer)
        said = [getattr(match, field) for field in TOLD]
        match.reasons, match.points, match.metres = one.reasons, one.points, one.metres
        if kept is None:
            made.append(match)
        elif said != [getattr(match, field) for field in TOLD]:
            changed.append(match)
    Match.objects.filter(pk__in=[one.pk for one in before.values()]).delete()
    Match.objects.bulk_update(changed, TOLD, batch_size=200)
    Match.objects.bulk_create(made)
    _tell(network, made)
    return made


def _tell(network: Network, made: Iterable[Match]) -> None:
    rows = Match.objects.filter(pk__in=[one.pk for one in made])
    told = rows.select_related("need", "offer")
    open_ids = open_to_proposals(network, [one for row in told for one in (row.need, row.offer)])
    firms = {
        one.organisation_id
        for row in told
        if row.need_id in open_ids and row.offer_id in open_ids
        for one in (row.need, row.offer)
    }
    tell_firms(
        network,
        firms,
        lambda: gettext("An offer and a need in the network may fit: yours is one of the two."),
    )
