"""Reads of matches: a firm reads why and how far, never who, until both said yes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import ConsentPurpose, Level
from maillage.foundation.visibility.models import Consent
from maillage.foundation.visibility.queries import own_organisations, rivals_of
from maillage.launch.needs.enums import CLOSED, MatchState
from maillage.launch.needs.models import Match, Need


@dataclass(frozen=True, slots=True)
class Met:
    """Who the other is, once both have said yes; `title` only as far as its level allows."""

    organisation_id: int
    public_id: UUID
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class SeenMatch:
    """A match as one of its two firms may read it.

    `own` is what this firm stated. `stage` is "asked" (it has yet to answer), "waiting" (it said
    yes), "met" (both did), "closed" (for whatever reason) or "no" (it said no itself). `topic` is
    what the other's statement is about; `met` says who it is, once both have said yes.
    """

    public_id: UUID
    own: Need
    stage: str
    topic: str
    metres: int | None
    reasons: Sequence[Mapping[str, Any]]
    said_at: datetime | None
    met: Met | None


def matches_of(network: Network) -> QuerySet[Match]:
    """Return every match of a network, for whoever follows needs."""
    return Match.objects.filter(network=network).select_related(
        "need__organisation", "offer__organisation"
    )


def matches_for(acting: Acting, firm: Organisation) -> list[SeenMatch]:
    """Return the matches of a firm, the best first, as its people may read them.

    Nothing of a competitor is there. What cannot be answered any more and was not is left out.
    """
    rows = (
        matches_of(firm_network(acting))
        .filter(Q(need__organisation=firm) | Q(offer__organisation=firm))
        .order_by("-points", "pk")
    )
    rivals = rivals_of(own_organisations(acting) | {firm.pk})
    others = [(row, *sides(row, firm.pk)) for row in rows]
    known = [one for one in others if one[2].organisation_id not in rivals]
    still = answerable(firm_network(acting), [one for _row, *two in known for one in two])
    seen = (_seen(row, own, other, still) for row, own, other in known)
    return [one for one in seen if one is not None]


def firm_network(acting: Acting) -> Network:
    """Return the network of the role in use."""
    assert acting.network is not None  # noqa: S101 -- pages of a network only
    return acting.network


def sides(match: Match, firm: int) -> tuple[Need, Need]:
    """Return what a firm (row number) stated in a match, and what the other did."""
    own_need = match.need.organisation_id == firm
    return (match.need, match.offer) if own_need else (match.offer, match.need)


def said_by(match: Match, own: Need) -> tuple[bool | None, bool | None]:
    """Return what whoever made this statement said of a match, and what the other said."""
    said = (match.need_said, match.offer_said)
    return said if own.pk == match.need_id else (said[1], said[0])


def _seen(match: Match, own: Need, other: Need, still: Collection[int]) -> SeenMatch | None:
    stage = _stage(match, own, other, still)
    if not stage:
        return None
    met = None
    if stage == "met":
        firm = other.organisation
        title = other.title if other.level >= Level.MATCHED else ""
        met = Met(firm.pk, firm.public_id, firm.name, title)
    return SeenMatch(
        public_id=match.public_id,
        own=own,
        stage=stage,
        topic=other.topic,
        metres=match.metres,
        reasons=match.reasons,
        said_at=match.need_said_at if own.pk == match.need_id else match.offer_said_at,
        met=met,
    )


def _stage(match: Match, own: Need, other: Need, still: Collection[int]) -> str:
    mine, theirs = said_by(match, own)
    if match.state == MatchState.BOTH:
        return "met"
    if mine is False:
        return "no"
    gone = theirs is False or other.pk not in still or own.pk not in still
    if mine:
        return "closed" if gone else "waiting"
    return "" if gone else "asked"


def answerable(network: Network, statements: Iterable[Need]) -> frozenset[int]:
    """Return which statements (row numbers) may be proposed to another firm today. Two queries.

    They are open, of a firm that is still there, and open to proposals.
    """
    given = list(statements)
    listed = set(
        Membership.objects.filter(
            network=network, organisation__in={one.organisation_id for one in given}
        ).values_list("organisation_id", flat=True)
    )
    there = [
        one
        for one in given
        if one.state not in CLOSED
        and one.organisation_id in listed
        and one.organisation.closed_on is None
    ]
    return open_to_proposals(network, there)


def open_to_proposals(network: Network, statements: Iterable[Need]) -> frozenset[int]:
    """Return which statements (row numbers) their firms let be proposed to others, unnamed.

    Those that a firm shows to others; those it keeps private, only where it agreed to be proposed
    to other members. One query.
    """
    given = list(statements)
    private = {one.organisation_id for one in given if one.level < Level.MATCHED}
    agreed = set(
        Consent.objects.filter(
            organisation__in=private,
            organisation__memberships__network=network,
            purpose=ConsentPurpose.INTRODUCTIONS,
            revoked_at=None,
        ).values_list("organisation_id", flat=True)
    )
    return frozenset(
        one.pk for one in given if one.level >= Level.MATCHED or one.organisation_id in agreed
    )


def agrees_to_be_proposed(organisation: Organisation) -> bool:
    """Whether a firm agreed to be proposed to other members, for that firm. One query."""
    return Consent.objects.filter(
        organisation=organisation, purpose=ConsentPurpose.INTRODUCTIONS, revoked_at=None
    ).exists()
