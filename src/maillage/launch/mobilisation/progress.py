"""How many firms go on from each stage, how long it takes, by sector, territory and relay."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import median
from uuid import UUID

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.roads import Step, steps_along
from maillage.foundation.organisations.models import Organisation, TerritoryCommune
from maillage.launch.mobilisation.enums import ROAD, Stage
from maillage.launch.mobilisation.models import StagePassage
from maillage.launch.mobilisation.queries import with_stage


class Segment(models.TextChoices):
    """What firms are grouped by."""

    SECTOR = "sector", _("Activity")
    TERRITORY = "territory", _("Territory")
    RELAY = "relay", _("Body that introduced them")


@dataclass(frozen=True, slots=True)
class Journey:
    """A firm: what it is grouped by, and the passages it made, in order of time.

    It is not aware from the day it was listed on, or from its first passage when that is earlier.
    """

    firm: int
    public_id: UUID
    sector: str
    relay: str
    insee: str
    listed_on: date
    passages: tuple[tuple[str, date], ...]

    @property
    def rows(self) -> list[tuple[int, str, date]]:
        """The stages it came to, for `steps_along`."""
        began = min([self.listed_on, *(day for _stage, day in self.passages[:1])])
        came = [(Stage.NOT_AWARE.value, began), *self.passages]
        return [(self.firm, stage, day) for stage, day in came]

    def first_day(self, stage: Stage) -> date | None:
        """Return the first day it was at a stage or further on, None when it never was."""
        further = ROAD[ROAD.index(stage) :]
        return next((day for name, day in self.passages if name in further), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Firms of one segment: how many there are, were met, committed themselves, are active.

    `rate` is the share of those met that committed themselves, `median_days` the usual wait
    between the two; None without any.
    """

    name: str
    firms: int
    met: int
    committed: int
    active: int
    rate: float | None
    median_days: float | None


def journeys_in(network: Network) -> list[Journey]:
    """Return the journey of every firm of a network, for whoever follows them. Two queries."""
    passages = {
        firm: tuple((stage, day) for _firm, stage, day in rows)
        for firm, rows in groupby(
            StagePassage.objects.filter(approach__network=network)
            .order_by("approach__organisation_id", "on", "id")
            .values_list("approach__organisation_id", "to_stage", "on"),
            key=lambda row: row[0],
        )
    }
    firms = (
        with_stage(Organisation.objects.all(), network)
        .order_by("pk")
        .annotate(main_site=FilteredRelation("sites", condition=Q(sites__is_main=True)))
        .values_list(
            "pk",
            "public_id",
            "activity",
            "approach__relay__name",
            "main_site__insee",
            F("memberships__listed_on"),
        )
    )
    return [
        Journey(pk, public_id, sector, relay or "", insee or "", listed_on, passages.get(pk, ()))
        for pk, public_id, sector, relay, insee, listed_on in firms
    ]


def steps_of(journeys: Iterable[Journey]) -> tuple[Step[Stage], ...]:
    """Return how firms go from stage to stage; those that said no went no further."""
    return steps_along(ROAD, (row for journey in journeys for row in journey.rows))


def usual_step(network: Network, stage: Stage) -> Step[Stage] | None:
    """Return how firms go on from a stage of the road, for whoever follows them. One query.

    None for the first stage, which is known from the directory and not from passages, and the last.
    """
    rows = StagePassage.objects.filter(approach__network=network).order_by("approach", "on", "id")
    steps = steps_along(ROAD, rows.values_list("approach_id", "to_stage", "on"))
    return next((step for step in steps[1:] if step.state == stage), None)


def by_segment(journeys: Sequence[Journey], segment: Segment) -> Mapping[str, list[Journey]]:
    """Return the firms of each sector, relay or territory; "" for those of none.

    A firm counts in every territory that holds its commune. One query for territories.
    """
    found: dict[str, list[Journey]] = defaultdict(list)
    names = _territories() if segment == Segment.TERRITORY else {}
    for journey in journeys:
        if segment == Segment.TERRITORY:
            keys = names.get(journey.insee, [""])
        else:
            keys = [journey.sector if segment == Segment.SECTOR else journey.relay]
        for key in keys:
            found[key].append(journey)
    return found


def groups_of(segments: Mapping[str, Sequence[Journey]]) -> list[Group]:
    """Return the figures of each segment, the one with most firms met first."""
    groups = [_group(name, journeys) for name, journeys in segments.items()]
    return sorted(groups, key=lambda one: (-one.met, -one.firms, one.name))


def _group(name: str, journeys: Sequence[Journey]) -> Group:
    met = [(one, day) for one in journeys if (day := one.first_day(Stage.MET))]
    waits = [
        (committed - day).days
        for one, day in met
        if (committed := one.first_day(Stage.COMMITTED)) is not None
    ]
    return Group(
        name=name,
        firms=len(journeys),
        met=len(met),
        committed=len(waits),
        active=sum(one.first_day(Stage.ACTIVE) is not None for one in journeys),
        rate=len(waits) / len(met) if met else None,
        median_days=median(waits) if waits else None,
    )


def _territories() -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    rows = TerritoryCommune.objects.order_by("territory__name").values_list(
        "insee", "territory__name"
    )
    for insee, name in rows:
        names[insee].append(name)
    return names
