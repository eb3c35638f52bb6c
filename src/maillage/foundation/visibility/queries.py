"""Reads that decide what may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import (
    Competition,
    CompetitionLift,
    CompetitorClaim,
    FieldLevels,
    Introduction,
    Pledge,
    PledgeSignature,
)
from maillage.foundation.visibility.seen import PARTS

# A pair shields from the moment somebody who may decide says so, until it is ended.
SHIELDING = Q(confirmed_at__isnull=False, dismissed_at=None, ended_at=None)


def pledge_to_sign(network: Network, person: Person) -> Pledge | None:
    """Return the pledge that a person has yet to sign before entering a network, if any."""
    signed = PledgeSignature.objects.filter(pledge=OuterRef("pk"), person=person)
    latest = (
        Pledge.objects.filter(network=network)
        .annotate(signed=Exists(signed))
        .order_by("-version")
        .first()
    )
    return None if latest is None or latest.signed else latest


def shielding_pairs(organisation_ids: Iterable[int]) -> QuerySet[Competition]:
    """Return the pairs of competitors, in force, of any of these organisations."""
    ids = list(organisation_ids)
    return Competition.objects.filter(SHIELDING & (Q(first__in=ids) | Q(second__in=ids)))


def rivals_of(organisation_ids: Iterable[int]) -> frozenset[int]:
    """Return the row numbers of the competitors of these organisations. One query."""
    own = frozenset(organisation_ids)
    if not own:
        return frozenset()
    pairs = shielding_pairs(own).values_list("first_id", "second_id")
    return frozenset(one for pair in pairs for one in pair) - own


def ids_of_rivals(organisation_ids: Iterable[int]) -> QuerySet[Organisation, Any]:
    """Return the public ids of the competitors of these organisations, for a subquery."""
    own = frozenset(organisation_ids)
    pairs = shielding_pairs(own).order_by()
    rivals = Q(pk__in=pairs.values("first")) | Q(pk__in=pairs.values("second"))
    rows = Organisation.objects.filter(rivals).exclude(pk__in=own)
    return rows.order_by().values("public_id")


def strangers_and_friends(
    organisation_ids: Iterable[int],
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the competitors of these organisations and those introduced to them. One query."""
    own = frozenset(organisation_ids)
    if not own:
        return frozenset(), frozenset()
    pairs = shielding_pairs(own).order_by().values_list("first_id", "second_id", Value(value=True))
    met = (
        Introduction.objects.filter(accepted_at__isnull=False, ended_at=None)
        .filter(Q(asking__in=own) | Q(asked__in=own))
        .order_by()
        .values_list("asking_id", "asked_id", Value(value=False))
    )
    rows = list(pairs.union(met, all=True).order_by())
    rivals = {one for first, second, competes in rows if competes for one in (first, second)}
    friends = {one for first, second, competes in rows if not competes for one in (first, second)}
    return frozenset(rivals) - own, frozenset(friends) - own


def own_organisations(acting: Acting) -> frozenset[int]:
    """Return the row numbers of the organisations a person belongs to, whatever the role in use.

    Somebody of Emma's firm who also sits on the board stays a competitor of Bob.
    """
    if acting.network is None:
        return frozenset()
    return frozenset(
        role.organisation.pk
        for role in acting.roles
        if role.in_firm
        and role.organisation is not None
        and role.organisation.register_id == acting.network.register_id
    )


def part_names() -> dict[str, str]:
    """Return what each part of a record is called, in the language in use, for everybody."""
    fields = {field.name: field for field in FieldLevels._meta.concrete_fields}  # noqa: SLF001 -- Django's documented API
    return {part: str(fields[part].verbose_name) for part in PARTS}


def latest_pledge(network: Network) -> Pledge | None:
    """Return the text of the pledge in force, for whoever enters the network."""
    return Pledge.objects.filter(network=network).order_by("-version").first()


def names_of_readers(public_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of people who looked at a firm's data, for that firm."""
    people = Person.objects.filter(public_id__in=list(public_ids))
    return {person.public_id: str(person) for person in people}


def claims_of(organisation: Organisation) -> QuerySet[CompetitorClaim]:
    """Return the competitors that a firm named and has not taken back, for that firm."""
    return CompetitorClaim.objects.filter(organisation=organisation, withdrawn_at=None)


def claims_to_settle(network: Network) -> QuerySet[CompetitorClaim]:
    """Return the competitors named in a network that fit nobody by name, for its animator."""
    return CompetitorClaim.objects.filter(
        organisation__memberships__network=network, settled_at=None, withdrawn_at=None
    ).select_related("organisation")


def pairs_in_force(network: Network) -> QuerySet[Competition]:
    """Return the competitors of a network, the newest first, for its animator."""
    return (
        Competition.objects.filter(SHIELDING, first__memberships__network=network)
        .select_related("first", "second")
        .prefetch_related("lifts")
    )


def suggested_pairs(network: Network) -> QuerySet[Competition]:
    """Return the pairs suggested and not answered yet, for the animator of a network."""
    return Competition.objects.filter(
        first__memberships__network=network, confirmed_at=None, dismissed_at=None, ended_at=None
    ).select_related("first", "second")


@dataclass(frozen=True, slots=True)
class AskedLift:
    """A topic on which a firm is asked to meet a competitor, as that firm may know it.

    `other` is the name of the competitor, only once both have agreed.
    """

    public_id: UUID
    topic: str
    agreed: bool
    other: str | None


def lifts_asked_of(organisation: Organisation) -> list[AskedLift]:
    """Return the topics proposed to a firm and not ended, for that firm."""
    rows = (
        CompetitionLift.objects.filter(ended_at=None, competition__ended_at=None)
        .filter(Q(competition__first=organisation) | Q(competition__second=organisation))
        .select_related("competition__first", "competition__second")
    )
    return [_asked_lift(lift, organisation) for lift in rows]


def _asked_lift(lift: CompetitionLift, organisation: Organisation) -> AskedLift:
    pair = lift.competition
    is_first = pair.first_id == organisation.pk
    agreed = lift.first_agreed_at if is_first else lift.second_agreed_at
    both = lift.first_agreed_at is not None and lift.second_agreed_at is not None
    other = pair.second if is_first else pair.first
    return AskedLift(lift.public_id, lift.topic, agreed is not None, str(other) if both else None)


def may_be_introduced(organisation: Organisation, other: int) -> bool:
    """Whether a firm may ask to meet another (row number): not asked yet, nor met. One query."""
    both = Q(asking=organisation, asked=other) | Q(asking=other, asked=organisation)
    return not Introduction.objects.filter(both, ended_at=None).exists()


def open_introductions(organisation: Organisation) -> list[Introduction]:
    """Return the introductions asked, received or made of a firm, for that firm."""
    rows = Introduction.objects.filter(ended_at=None)
    return list(rows.filter(Q(asking=organisation) | Q(asked=organisation)))
