"""Reads of where firms stand, for whoever follows them; a firm reads its own."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.foundation.notify.pressure import window_start
from maillage.foundation.notify.queries import Relay, trusted_relay
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.enums import ObstacleKind, Stage
from maillage.launch.mobilisation.models import (
    Approach,
    Attempt,
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


def with_stage(firms: QuerySet[Organisation], network: Network) -> QuerySet[Organisation]:
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


def approach_of(network: Network, organisation: Organisation) -> Approach | None:
    """Return where a firm stands, with its motives, obstacles and what was tried; None so far.

    For whoever follows firms, and for the firm itself. Four queries.
    """
    attempts = Prefetch("attempts", Attempt.objects.all())
    return (
        Approach.objects.filter(network=network, organisation=organisation)
        .select_related("relay")
        .prefetch_related(
            Prefetch("motives", Motive.objects.all()),
            Prefetch("obstacles", Obstacle.objects.prefetch_related(attempts)),
        )
        .first()
    )


def passages_of(approach: Approach) -> Sequence[StagePassage]:
    """Return the passages of a firm, the last first, for the same people."""
    return list(StagePassage.objects.filter(approach=approach).order_by("-id"))


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
        & ~Q(Exists(recent)),
        "joined": Q(member) & ~Q(stage=Stage.ACTIVE),
        "gone": Q(stage=Stage.ACTIVE) & ~Q(member),
        "no_reason": Q(member) & (Q(approach__reason="") | Q(approach__reason=None)),
        "old_reason": Q(member) & Q(approach__reason_on__lt=day - REASON_LASTS),
        "bad_past": Q(Exists(_open_obstacles(network).filter(kind=ObstacleKind.BAD_PAST))),
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
    """Return the condition that a firm was heard: spoken with, met, or quoted."""
    spoken = _contacts(network).filter(channel__in=IN_PERSON)
    met = StagePassage.objects.filter(
        approach__organisation=OuterRef("pk"), approach__network=network, to_stage=Stage.MET
    )
    quoted = _obstacles(network).exclude(words="")
    wished = Motive.objects.filter(
        approach__organisation=OuterRef("pk"), approach__network=network
    ).exclude(words="")
    return Q(Exists(spoken)) | Q(Exists(met)) | Q(Exists(quoted)) | Q(Exists(wished))


def waiting_firms(network: Network, today: date | None = None) -> QuerySet[Approach]:
    """Return the firms met or interested, left without a contact for sixty days."""
    day = today or localdate()
    contacts = Contact.objects.filter(
        network_id=network.public_id,
        organisation_id=OuterRef("organisation__public_id"),
        at__gte=window_start(day, NOT_FOLLOWED_AFTER),
    )
    return Approach.objects.filter(
        ~Exists(contacts),
        network=network,
        organisation__closed_on=None,
        organisation__memberships__network=network,
        stage__in=(Stage.MET, Stage.INTERESTED),
        since__lte=day - timedelta(days=NOT_FOLLOWED_AFTER),
    )


def _contacts(network: Network) -> QuerySet[Contact]:
    return Contact.objects.filter(
        network_id=network.public_id, organisation_id=OuterRef("public_id")
    )


def _obstacles(network: Network) -> QuerySet[Obstacle]:
    return Obstacle.objects.filter(approach__organisation=OuterRef("pk"), approach__network=network)


def _open_obstacles(network: Network) -> QuerySet[Obstacle]:
    return _obstacles(network).filter(lifted_on=None)


def contact_of(network: Network, organisation: Organisation, contact_id: UUID) -> Contact | None:
    """Return a call or a visit logged with a firm in a network, None for another."""
    return Contact.objects.filter(
        network_id=network.public_id,
        organisation_id=organisation.public_id,
        public_id=contact_id,
        channel__in=IN_PERSON,
    ).first()
