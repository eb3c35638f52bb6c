"""Reads of the register.

None of them decides who may see what: pages give them the organisations that
`visibility.directory` lets the viewer know of.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from maillage.foundation.organisations.enums import TerritoryKind
from maillage.foundation.organisations.models import (
    Coverage,
    DigitalReadiness,
    Organisation,
    Territory,
    TerritoryCommune,
)

READINESS = ("equipment", "connection", "trained_people", "noted_on")


def territories_of(insee: str) -> QuerySet[Territory]:
    """Return the territories that a commune is in, by name, for anybody of the register."""
    return Territory.objects.filter(communes__insee=insee)


def with_sizes() -> QuerySet[Territory]:
    """Return the territories of the register with their number of communes, as `size`."""
    return Territory.objects.annotate(size=Count("communes"))


def same_territory(insee: str, other: str, kind: str = TerritoryKind.BASIN) -> bool:
    """Whether two communes are in one territory of a kind (an employment basin)."""
    return (
        territories_of(insee)
        .filter(kind=kind, communes__insee=insee)
        .filter(Exists(TerritoryCommune.objects.filter(territory=OuterRef("pk"), insee=other)))
        .exists()
    )


def communes_of_same_territory(insee: str, kind: str = TerritoryKind.BASIN) -> QuerySet[Any]:
    """Return the codes of the communes that share a territory of a kind with a commune.

    For a subquery, such as the firms of the same employment basin.
    """
    here = territories_of(insee).filter(kind=kind)
    return (
        TerritoryCommune.objects.filter(territory__in=here)
        .order_by()
        .values_list("insee", flat=True)
        .distinct()
    )


def coverage_of(organisation: Organisation | int) -> QuerySet[Territory]:
    """Return the territories that an organisation serves, for whoever may see them."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    return Territory.objects.filter(covered_by__organisation=pk)


def state_of_play(
    organisation_id: int,
) -> tuple[DigitalReadiness | None, list[Territory]]:
    """Return what an organisation can do on a screen and the territories it serves. One query.

    For pages that show each only to whoever may see it.
    """
    noted = [f"digital_readiness__{name}" for name in READINESS]
    named = [f"coverage__territory__{name}" for name in ("public_id", "kind", "name")]
    rows = list(
        Organisation.objects.filter(pk=organisation_id)
        .order_by("coverage__territory__name")
        .values_list(*noted, *named)
    )
    readiness = None
    if rows and rows[0][0]:
        readiness = DigitalReadiness(**dict(zip(READINESS, rows[0], strict=False)))
    served = (row[len(READINESS) :] for row in rows)
    return readiness, [
        Territory(public_id=public_id, kind=kind, name=name)
        for public_id, kind, name in served
        if public_id
    ]


def serving(territory: Territory) -> QuerySet[Any]:
    """Return the row numbers of the organisations that serve a territory, wholly or in part.

    Whoever serves another territory with a commune of this one serves a part of it.
    """
    communes = territory.communes.order_by().values("insee")
    return (
        Coverage.objects.filter(territory__communes__insee__in=communes)
        .order_by()
        .values_list("organisation_id", flat=True)
        .distinct()
    )


def communes_covered(territory: Territory, organisation_ids: Collection[int]) -> QuerySet[Any]:
    """Return the codes of the communes of a territory that one of these organisations serves."""
    served = TerritoryCommune.objects.filter(
        insee=OuterRef("insee"), territory__covered_by__organisation__in=organisation_ids
    )
    return (
        territory.communes.filter(Exists(served)).order_by("insee").values_list("insee", flat=True)
    )


def communes_uncovered(territory: Territory, organisation_ids: Collection[int]) -> QuerySet[Any]:
    """Return the codes of the communes of a territory that none of these organisations serves."""
    served = TerritoryCommune.objects.filter(
        insee=OuterRef("insee"), territory__covered_by__organisation__in=organisation_ids
    )
    return (
        territory.communes.filter(~Exists(served)).order_by("insee").values_list("insee", flat=True)
    )
