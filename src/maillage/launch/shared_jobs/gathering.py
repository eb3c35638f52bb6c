"""What a network asks the engine: the hours its firms still need, and who may not be put together.

No name is kept with the question: a firm that leaves takes its name with it.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import Any
from uuid import UUID

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.charter.queries import kept_apart
from maillage.launch.needs.queries import StaffNeed, staff_needs
from maillage.launch.shared_jobs.enums import ENGAGED
from maillage.launch.shared_jobs.models import JobProposal, JobShare
from maillage.launch.shared_jobs.needs_file import NeedRow, NeedsFile
from maillage.launch.shared_jobs.pairs import Pair, related_by_code

LABEL = "libelle"  # the column under which a survey names an occupation given by its code


def free_needs(network: Network) -> tuple[StaffNeed, ...]:
    """Return the needs of staff that no job spoken for serves, for whoever composes jobs."""
    engaged = set(
        JobShare.objects.filter(
            job__composition__network=network, job__state__in=ENGAGED, need__isnull=False
        ).values_list("need__public_id", flat=True)
    )
    return tuple(need for need in staff_needs(network) if need.need_id not in engaged)


def apart_in(jobs: Iterable[JobProposal]) -> frozenset[Pair]:
    """Return the pairs of firms of jobs set aside, by their sorted public ids."""
    pairs: set[Pair] = set()
    for job in jobs:
        firms = sorted(str(share.organisation.public_id) for share in job.shares.all())
        pairs.update(combinations(firms, 2))
    return frozenset(pairs)


def question_of(
    network: Network, needs: Collection[StaffNeed], *, related: bool, apart: frozenset[Pair]
) -> dict[str, Any]:
    """Return what is asked of the engine, as plain values that JSON can hold."""
    public = {need.organisation_id: str(need.organisation_public_id) for need in needs}
    rivals = {
        tuple(sorted((public[a], public[b])))
        for a, b in kept_apart(network)
        if a in public and b in public
    }
    firms = set(public.values())
    set_aside = {pair for pair in apart if firms.issuperset(pair)}
    codes = {_occupation(need) for need in needs}
    return {
        "needs": [
            {
                "need": str(need.need_id),
                "firm": str(need.organisation_public_id),
                "occupation": _occupation(need),
                "label": need.occupation_label or need.occupation,
                "latitude": need.latitude,
                "longitude": need.longitude,
                "half_hours": list(need.half_hours),
                "place": need.place,
            }
            for need in needs
        ],
        "competitors": sorted(rivals),
        "set_aside": sorted(set_aside),
        "related": sorted(related_by_code(codes)) if related else [],
    }


def _occupation(need: StaffNeed) -> str:
    """Return what tells occupations apart: the code, else the plain spelling of what was said."""
    return need.occupation or plain(need.occupation_label)


def survey_of(question: Mapping[str, Any]) -> NeedsFile:
    """Return a question as the engine's bridge reads it, with the names that firms bear today."""
    rows = question["needs"]
    names = firm_names({UUID(row["firm"]) for row in rows})
    needs = tuple(
        NeedRow(
            row=at,
            need_id=row["need"],
            firm_id=row["firm"],
            firm=names.get(UUID(row["firm"]), ""),
            occupation=row["occupation"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            half_hours=tuple(row["half_hours"]),
            place=row["place"],
        )
        for at, row in enumerate(rows, 1)
    )
    return NeedsFile(
        needs=needs,
        competitors=_pairs(question["competitors"]),
        related=_pairs(question["related"]),
        set_aside=_pairs(question["set_aside"]),
        rejected=(),
        extra={row["need"]: {LABEL: row["label"]} for row in rows},
        notes=(),
    )


def _pairs(rows: Iterable[Iterable[str]]) -> frozenset[Pair]:
    return frozenset((first, second) for first, second in rows)


def firm_names(public_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of firms, for whoever composes jobs."""
    rows = Organisation.objects.filter(public_id__in=public_ids)
    return dict(rows.values_list("public_id", "name"))
