"""Reads of the employer group; each function says for whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.timezone import localdate

from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.models import Deadline, EmployerGroup, SolidarityKey

# Whoever only looks on is on trial: it uses no worker and answers for nothing yet.
ON_TRIAL: Final = Tier.OBSERVER


def group_of(network: Network) -> EmployerGroup | None:
    """Return the group of a network, for everybody inside; None before it is set up."""
    return EmployerGroup.objects.filter(network=network).first()


def periods_of_members(network: Network, day: date | None = None) -> QuerySet[MembershipPeriod]:
    """Return the members of the group on a day (today), without those on trial."""
    return members_on(network, day or localdate()).exclude(tier=ON_TRIAL)


def members_on_day(network: Network, day: date | None = None) -> QuerySet[Organisation]:
    """Return the members of the group on a day, by name, for whoever runs it."""
    ids = periods_of_members(network, day).values("membership__organisation")
    return Organisation.objects.filter(pk__in=ids).order_by("folded_name", "id")


def members_of(network: Network, day: date | None = None) -> list[Organisation]:
    """Return the members of the group on a day with their sites, the main one first. Two queries.

    By name, for whoever manages the group.
    """
    return list(members_on_day(network, day).prefetch_related("sites"))


def is_member(network: Network, firm: Organisation, day: date | None = None) -> bool:
    """Whether a firm is a full member of the group on a day."""
    return periods_of_members(network, day).filter(membership__organisation=firm).exists()


def is_public(organisation: Organisation) -> bool:
    """Whether a member is a public body."""
    return organisation.kind == OrganisationKind.AUTHORITY


def agreements_of(members: Iterable[Organisation]) -> tuple[str, ...]:
    """Return the collective agreements of the private members, each once, those known."""
    known = {one.agreement for one in members if not is_public(one) and one.agreement}
    return tuple(sorted(known))


def key_in_force(group: EmployerGroup, day: date | None = None) -> SolidarityKey | None:
    """Return the key that holds on a day; None while the law's own holds: all debts, each member.

    For everybody inside.
    """
    held = SolidarityKey.objects.filter(group=group, effective_from__lte=day or localdate())
    return held.order_by("-effective_from", "-number").first()


def deadlines_of(group: EmployerGroup) -> QuerySet[Deadline]:
    """Return the lines of the clock, the most urgent first, for whoever reads the group's papers.

    Not who a line is about: that is for whoever manages the group.
    """
    return Deadline.objects.filter(group=group).select_related("task").order_by("due_on", "id")


def split(deadlines: Sequence[Deadline]) -> tuple[list[Deadline], list[Deadline]]:
    """Return what is still to be done, and what is done, the latest first."""
    done = [one for one in deadlines if one.done_on is not None]
    done.sort(key=lambda one: (one.done_on or date.min, one.pk), reverse=True)
    return [one for one in deadlines if one.done_on is None], done
