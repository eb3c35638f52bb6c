"""Reads of where firms stand, for whoever follows them; a firm reads its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.foundation.notify.pressure import FirmAddress, firm_key, window_start
from maillage.foundation.notify.queries import Relay, trusted_relay
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.countermeasures import Countermeasure
from maillage.launch.mobilisation.enums import AttemptResult, ObstacleKind, Stage
from maillage.launch.mobilisation.models import (
    Approach,
    Motive,
    Obstacle,
    StagePassage,
)

# Outside bodies introduce firms and are not mobilised themselves.
FIRMS: Final = (
    OrganisationKind.FIRM,
    OrganisationKind.LARGE_FIRM,
    OrganisationKind.COOPERATIVE,
    OrganisationKind.ASSOCIATION,
)
IN_PERSON: Final = (ContactChannel.CALL, ContactChannel.VISIT)
NOT_FOLLOWED_AFTER: Final = 60  # days
REASON_LASTS: Final = timedelta(days=365)
LAST_CONTACTS: Final = 200


def with_stage(firms: QuerySet[Organisation], network: Network) -> QuerySet[Any]:
    """Return the firms among organisations of a network, with `stage`, `since` and `approach__*`.

    A firm without an approach is not aware, since the day it was listed. Closed ones are left out.
    """
    return firms.filter(
        memberships__network=network, kind__in=FIRMS, family="", closed_on=None
    ).annotate(
        approach=FilteredRelation("approaches", condition=Q(approaches__network=network)),
        stage=Coalesce(F("approach__stage"), Value(Stage.NOT_AWARE.value)),
        since=Coalesce(F("approach__since"), F("memberships__listed_on")),
    )


def stage_counts(network: Network) -> Mapping[str, int]:
    """Return how many firms of a network stand at each stage, every stage named. One query."""
    rows = (
        with_stage(Organisation.objects.all(), network)
        .order_by()
        .values("stage")
        .annotate(total=Count("pk"))
    )
    found = {row["stage"]: row["total"] for row in rows}
    return {stage: found.get(stage, 0) for stage in Stage.values}


@dataclass(frozen=True, slots=True)
class TriedOnce:
    """A countermeasure that was tried: on which day, with what result."""

    public_id: UUID
    countermeasure: Countermeasure
    detail: str
    tried_on: date
    result: AttemptResult
    result_on: date | None


@dataclass(frozen=True, slots=True)
class ObstacleSaid:
    """An obstacle in the words of the owner, and what was tried against it."""

    public_id: UUID
    kind: ObstacleKind
    words: str
    noted_on: date
    lifted_on: date | None
    tried: tuple[TriedOnce, ...]


def approach_of(network: Network, organisation: Organisation) -> Approach | None:
    """Return where a firm stands, None so far; for who follows firms, and for the firm itself."""
    rows = Approach.objects.filter(network=network, organisation=organisation)
    return rows.select_related("relay").first()


def obstacles_of(approach: Approach) -> list[ObstacleSaid]:
    """Return what holds a firm back, in order of time, for the same people. One query."""
    own = ("public_id", "kind", "words", "noted_on", "lifted_on")
    tried = ("public_id", "countermeasure", "detail", "tried_on", "result", "result_on")
    rows = (
        Obstacle.objects.filter(approach=approach)
        .order_by("noted_on", "id", "attempts__tried_on", "attempts__id")
        .values_list(*own, *(f"attempts__{field}" for field in tried))
    )
    return [
        ObstacleSaid(
            public_id,
            ObstacleKind(kind),
            words,
            noted_on,
            lifted_on,
            tuple(_tried(*row[len(own) :]) for row in some if row[len(own)] is not None),
        )
        for (public_id, kind, words, noted_on, lifted_on), some in groupby(
            rows, key=lambda row: row[: len(own)]
        )
    ]


def _tried(
    public_id: UUID,
    countermeasure: str,
    detail: str,
    tried_on: date,
    result: str,
    result_on: date | None,
) -> TriedOnce:
    return TriedOnce(
        public_id,
        Countermeasure(countermeasure),
        detail,
        tried_on,
        AttemptResult(result),
        result_on,
    )


def motives_of(approach: Approach) -> list[Motive]:
    """Return why a firm would take part, the main motive first, for the same people."""
    return list(Motive.objects.filter(approach=approach))


def passages_of(approach: Approach) -> list[StagePassage]:
    """Return the passages of a firm with `by_name`, the last first, for the same people."""
    person = Person.objects.filter(public_id=OuterRef("by_id")).values("name")[:1]
    rows = StagePassage.objects.filter(approach=approach).annotate(by_name=Subquery(person))
    return list(rows.order_by("-id"))


def contacts_with_firm(network: Network, organisation: Organisation) -> list[Contact]:
    """Return the last contacts made with a firm in a network, newest first."""
    found = Contact.objects.filter(
        network_id=network.public_id, organisation_id=organisation.public_id
    )
    return list(found[:LAST_CONTACTS])


def proposed_relay(network: Network, contacts: Sequence[Contact]) -> Relay | None:
    """Return the outside body whose contacts a firm found useful, five times at least."""
    return trusted_relay(one for one in contacts if one.body_name != network.name)


def body_called(network: Network, name: str) -> Organisation | None:
    """Return the only organisation of a network with this name, None without or with several."""
    found = Organisation.objects.filter(memberships__network=network, name=name)[:2]
    return found[0] if len(found) == 1 else None


def possible_relays(network: Network, organisation: Organisation) -> QuerySet[Organisation]:
    """Return the bodies that may have introduced a firm: outside bodies and those involved."""
    outside = ~Q(kind__in=FIRMS) | ~Q(family="") | Q(involvements__network=network)
    listed = Organisation.objects.filter(memberships__network=network)
    return listed.filter(outside).exclude(pk=organisation.pk).distinct()


def is_member(network: Network, organisation: Organisation) -> bool:
    """Whether an organisation is a member of a network today."""
    here = members_on(network, localdate())
    return here.filter(membership__organisation=organisation).exists()


def watched(network: Network, key: str, today: date | None = None) -> Q:
    """Return the condition on firms (see `with_stage`) of one reason to look at them.

    `unheard`: nobody ever spoke with it nor wrote its words down; `waiting`: met or interested
    and left without a contact for sixty days; `joined`: a member whose stage does not say so;
    `gone`: active and no longer a member; `no_reason`, `old_reason`: a member that does not say
    why it takes part, or said so more than a year ago; `bad_past`: held back by the past.
    """
    day = today or localdate()
    member = Exists(members_on(network, day).filter(membership__organisation=OuterRef("pk")))
    recent = _contacts(network).filter(at__gte=window_start(day, NOT_FOLLOWED_AFTER))
    conditions: Mapping[str, Any] = {
        "unheard": ~heard(network),
        "waiting": Q(
            approach__stage__in=(Stage.MET, Stage.INTERESTED),
            approach__since__lte=day - timedelta(days=NOT_FOLLOWED_AFTER),
        )
        & ~Q(public_id__in=recent.values("organisation_id")),
        "joined": Q(member) & ~Q(stage=Stage.ACTIVE),
        "gone": Q(stage=Stage.ACTIVE) & ~Q(member),
        "no_reason": Q(member) & (Q(approach__reason="") | Q(approach__reason=None)),
        "old_reason": Q(member) & Q(approach__reason_on__lt=day - REASON_LASTS),
        "bad_past": Q(
            pk__in=Obstacle.objects.filter(
                approach__network=network, kind=ObstacleKind.BAD_PAST, lifted_on=None
            ).values("approach__organisation")
        ),
    }
    return Q(conditions[key])


WATCHES: Final = (
    "unheard",
    "waiting",
    "joined",
    "gone",
    "no_reason",
    "old_reason",
    "bad_past",
)


def heard(network: Network) -> Q:
    """Return the condition that a firm was heard: spoken with, met, or quoted.

    Each list is made once and not for each firm: a log of contacts is long.
    """
    spoken = _contacts(network).filter(channel__in=IN_PERSON)
    met = StagePassage.objects.filter(approach__network=network, to_stage=Stage.MET)
    quoted = Obstacle.objects.filter(approach__network=network).exclude(words="")
    wished = Motive.objects.filter(approach__network=network).exclude(words="")
    return (
        Q(public_id__in=spoken.order_by().values("organisation_id"))
        | Q(pk__in=met.order_by().values("approach__organisation"))
        | Q(pk__in=quoted.order_by().values("approach__organisation"))
        | Q(pk__in=wished.order_by().values("approach__organisation"))
    )


def waiting_firms(network: Network, today: date | None = None) -> QuerySet[Approach]:
    """Return the firms met or interested, left without a contact for sixty days."""
    day = today or localdate()
    recent = _contacts(network).filter(at__gte=window_start(day, NOT_FOLLOWED_AFTER))
    return Approach.objects.filter(
        network=network,
        organisation__closed_on=None,
        organisation__memberships__network=network,
        stage__in=(Stage.MET, Stage.INTERESTED),
        since__lte=day - timedelta(days=NOT_FOLLOWED_AFTER),
    ).exclude(organisation__public_id__in=recent.order_by().values("organisation_id"))


def _contacts(network: Network) -> QuerySet[Contact]:
    return Contact.objects.filter(network_id=network.public_id)


def logged_as(organisation: Organisation) -> FirmAddress:
    """Return a firm as the log of contacts names it; where mail goes is not looked for."""
    key = firm_key(organisation.public_id, organisation.siren)
    return FirmAddress(key, organisation.public_id, organisation.name)


def contact_of(network: Network, organisation: Organisation, contact_id: UUID) -> Contact | None:
    """Return a call or a visit logged with a firm in a network, None for another."""
    return Contact.objects.filter(
        network_id=network.public_id,
        organisation_id=organisation.public_id,
        public_id=contact_id,
        channel__in=IN_PERSON,
    ).first()
