"""Members of a network in figures that are the same for every reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import current
from maillage.foundation.organisations.enums import TerritoryKind
from maillage.foundation.organisations.models import Site, TerritoryCommune
from maillage.foundation.visibility.aggregates import Answer, Breakdown, protected


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """The fixed breakdowns of the members: no other is ever computed for readers of figures.

    Free filters would let two figures be compared to find one firm; these four partition the same
    members once each. Employees are summed in one of them only: two crossing partitions of the same
    sums are equations, and small networks have few enough firms for them to have one solution.
    """

    by_size: Breakdown
    by_tier: Breakdown
    by_activity: Breakdown
    by_territory: Breakdown


@dataclass(frozen=True, slots=True)
class Member:
    """What the breakdowns read of one member; `staff` is its number of employees."""

    size: str
    tier: str
    activity: str
    territory: str
    staff: int


def member_figures(network: Network) -> MemberFigures:
    """Return the figures of today's members; every member counts, whoever reads. Two queries."""
    return figures_of(list(_members(network)))


def figures_of(members: Sequence[Member]) -> MemberFigures:
    """Return these members in figures; employees are in `by_activity` alone."""
    return MemberFigures(
        by_size=protected(Answer(member.size) for member in members),
        by_tier=protected(Answer(member.tier) for member in members),
        by_activity=protected(Answer(member.activity, member.staff) for member in members),
        by_territory=protected(Answer(member.territory) for member in members),
    )


def _members(network: Network) -> Iterable[Member]:
    basins = _basin_of_each_commune()
    main = Site.objects.filter(organisation=OuterRef("membership__organisation"), is_main=True)
    rows = (
        MembershipPeriod.objects.filter(current(localdate()), membership__network=network)
        .annotate(insee=Subquery(main.values("insee")[:1]))
        .order_by("pk")
        .values_list(
            "membership__organisation__size_band",
            "tier",
            "membership__organisation__activity",
            "insee",
            "membership__organisation__headcount",
        )
    )
    for size, tier, activity, insee, staff in rows:
        yield Member(size, tier, activity, basins.get(insee, ""), staff or 0)


def _basin_of_each_commune() -> dict[str, str]:
    """Return the basin of each commune: basins may overlap, the first by name has it."""
    rows = (
        TerritoryCommune.objects.filter(territory__kind=TerritoryKind.BASIN)
        .order_by("-territory__name", "-pk")
        .values_list("insee", "territory__name")
    )
    return dict(rows)
