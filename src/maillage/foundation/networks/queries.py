"""Reads about networks."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate
from django_scopes import scopes_disabled

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import RoleHeld
from maillage.foundation.networks.enums import NetworkRoleKind, ObjectiveState, Tier
from maillage.foundation.networks.models import (
    BodyInvolvement,
    Endorsement,
    Membership,
    MembershipPeriod,
    Network,
    NetworkRole,
    Objective,
    Task,
)
from maillage.foundation.networks.permissions import of_firm_role, of_network_role
from maillage.foundation.networks.presets import preset
from maillage.foundation.notify.pressure import Ceiling
from maillage.foundation.organisations.models import Role


def current(day: date) -> Q:
    """Return the condition that a dated row holds on `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def roles_held(person: Person, day: date | None = None) -> list[RoleHeld]:
    """Return every role a person holds on a day (today), in every network, for that person.

    Roles in the network come before roles in a firm; closed networks give none. Three queries.
    """
    day = day or localdate()
    with scopes_disabled():
        return [*_network_roles(person, day), *_firm_roles(person, day)]


def _network_roles(person: Person, day: date) -> list[RoleHeld]:
    held = (
        NetworkRole.objects.filter(current(day), person=person, network__closed_on=None)
        .select_related("network", "network__register", "organisation")
        .order_by("network__name", "kind", "id")
    )
    return [
        RoleHeld(
            public_id=role.public_id,
            kind=role.kind,
            label=role.get_kind_display(),
            network=role.network,
            permissions=of_network_role(role.kind),
            organisation=role.organisation,
        )
        for role in held
    ]


def _firm_roles(person: Person, day: date) -> list[RoleHeld]:
    roles = list(
        Role.objects.filter(current(day), person=person, organisation__memberships__isnull=False)
        .select_related("organisation")
        .order_by("organisation__name", "kind", "id")
        .distinct()
    )
    if not roles:
        return []
    present = MembershipPeriod.objects.filter(current(day), membership=OuterRef("pk"))
    memberships = (
        Membership.objects.filter(
            organisation__in={role.organisation_id for role in roles}, network__closed_on=None
        )
        .select_related("network", "network__register")
        .annotate(tier=Subquery(present.values("tier")[:1]))
        .order_by("network__name", "id")
    )
    return [
        _firm_role(role, membership.network, membership.tier)
        for role in roles
        for membership in memberships
        if membership.organisation_id == role.organisation_id
    ]


def _firm_role(role: Role, network: Network, tier: str | None) -> RoleHeld:
    rights = preset(network.preset).rights.get(tier) if tier else None
    return RoleHeld(
        public_id=role.public_id,
        kind=role.kind,
        label=role.title or role.get_kind_display(),
        network=network,
        permissions=of_firm_role(role.kind, tier, rights),
        organisation=role.organisation,
        tier=tier,
    )


def is_new_installation() -> bool:
    """Whether the first account of the installation is still to be opened, for visitors.

    Until somebody has proven an address: a mistyped one locks nobody out. Two queries at most.
    """
    return not (EmailAddress.objects.filter(verified=True).exists() or Network.objects.exists())


def closed_networks_of(person: Person) -> QuerySet[Network]:
    """Return the closed networks that a person may open again, for that person."""
    with scopes_disabled():
        kinds = [one for one in NetworkRoleKind if "manage_network" in of_network_role(one)]
        held = NetworkRole.objects.filter(
            current(localdate()), person=person, kind__in=kinds, network=OuterRef("pk")
        )
        return Network.objects.filter(Exists(held), closed_on__isnull=False)


def network_called(slug: str) -> Network | None:
    """Return the open network with this address, or None; whoever asks must still hold a role."""
    return Network.objects.filter(slug=slug, closed_on=None).select_related("register").first()


def headcount(network: Network, day: date, among: Any = None) -> Mapping[str, int]:
    """Return how many members each tier has on a day, every tier named. One query.

    `among` are organisations, such as those a viewer may know of (`Directory.ids()`); without it
    everybody counts, for those who may see everybody.
    """
    rows = members_on(network, day, among).order_by().values("tier").annotate(total=Count("pk"))
    found = {row["tier"]: row["total"] for row in rows}
    return {tier: found.get(tier, 0) for tier in Tier.values}


def members_on(network: Network, day: date, among: Any = None) -> QuerySet[MembershipPeriod]:
    """Return the periods that run on a day: one for each member, for viewers as in `headcount`."""
    return _among(MembershipPeriod.objects.filter(current(day)), network, among)


def standing_on(network: Network, day: date, among: Any = None) -> QuerySet[MembershipPeriod]:
    """Return where each organisation that was ever a member stood on a day, as in `headcount`.

    Its last period begun by then: running, or ended before that day when it had left.
    """
    later = MembershipPeriod.objects.filter(
        membership=OuterRef("membership"), starts_on__gt=OuterRef("starts_on"), starts_on__lte=day
    )
    begun = MembershipPeriod.objects.filter(~Exists(later), starts_on__lte=day)
    return _among(begun, network, among)


def first_entries(membership_ids: Iterable[int]) -> Mapping[int, date]:
    """Return the day each of these memberships first began, by row number. One query."""
    rows = (
        MembershipPeriod.objects.filter(membership__in=list(membership_ids))
        .order_by()
        .values_list("membership")
        .annotate(first=Min("starts_on"))
    )
    return dict(rows)


def with_first_entry(periods: QuerySet[MembershipPeriod]) -> QuerySet[MembershipPeriod]:
    """Return the same periods with the day their membership first began, as `entered_on`."""
    first = (
        MembershipPeriod.objects.filter(membership=OuterRef("membership"))
        .order_by()
        .values("membership")
        .annotate(first=Min("starts_on"))
        .values("first")
    )
    return periods.annotate(entered_on=Subquery(first))


def _among(
    periods: QuerySet[MembershipPeriod], network: Network, among: Any
) -> QuerySet[MembershipPeriod]:
    if among is None:
        return periods.filter(membership__network=network)
    # Asked of each period rather than listed first: a network knows many more firms than members.
    known = among.filter(memberships__network=network, memberships=OuterRef("membership"))
    return periods.filter(Exists(known))


def endorsing_tiers(network: Network) -> frozenset[str]:
    """Return the tiers whose members may endorse an objective, as the preset says."""
    rights = preset(network.preset).rights
    return frozenset(tier for tier, names in rights.items() if "endorse_objectives" in names)


def live_endorsements(network: Network) -> QuerySet[Endorsement]:
    """Return the endorsements that count today: of the present version, by present members.

    For whoever sees objectives; the names of the members go through the directory of the viewer.
    """
    member = members_on(network, localdate()).filter(
        membership__organisation=OuterRef("organisation"), tier__in=endorsing_tiers(network)
    )
    return Endorsement.objects.filter(
        Exists(member),
        objective__network=network,
        withdrawn_at=None,
        version=F("objective__version"),
    )


def support(network: Network) -> Mapping[int, int]:
    """Return how many members endorse each objective today, by row number. One query."""
    rows = live_endorsements(network).order_by().values("objective")
    return {row["objective"]: row["total"] for row in rows.annotate(total=Count("pk"))}


def waiting_for_room(network: Network) -> QuerySet[Objective]:
    """Return the proposals that enough members endorse, for which the network has no room yet."""
    yes = (
        live_endorsements(network)
        .filter(objective=OuterRef("pk"))
        .order_by()
        .values("objective")
        .annotate(total=Count("pk"))
        .values("total")
    )
    return (
        Objective.objects.filter(network=network, state=ObjectiveState.PROPOSED)
        .annotate(yes=Subquery(yes))
        .filter(yes__gte=preset(network.preset).endorsements)
        .order_by("proposed_at", "id")
    )


def animators(network: Network, day: date | None = None) -> QuerySet[NetworkRole]:
    """Return who runs the network on a day (today), for everybody inside."""
    return NetworkRole.objects.filter(
        current(day or localdate()), network=network, kind=NetworkRoleKind.ANIMATOR
    ).select_related("person")


def involvements_on(network: Network, day: date) -> QuerySet[BodyInvolvement]:
    """Return which outside bodies play a part on a day; names go through the directory."""
    return BodyInvolvement.objects.filter(current(day), network=network)


def open_tasks(network: Network) -> QuerySet[Task]:
    """Return what is still to be done, the most urgent first, for whoever sees tasks."""
    return Task.objects.filter(network=network, done_at=None).select_related(
        "condition", "assignee"
    )


def usual_ceiling(network: Network) -> Ceiling:
    """Return how often a network contacts a firm that did not choose."""
    kind = preset(network.preset)
    return Ceiling(kind.ceiling, kind.ceiling_days)
