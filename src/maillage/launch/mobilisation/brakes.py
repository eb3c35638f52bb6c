"""What holds firms back and what lifts it; why members take part.

These figures name no firm, and are for whoever follows them all: nothing is kept from that person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Greatest
from django.utils.timezone import localdate, localtime

from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import CompetitionLift
from maillage.launch.mobilisation.countermeasures import Countermeasure
from maillage.launch.mobilisation.enums import (
    WORKED,
    AttemptResult,
    MotiveKind,
    ObstacleKind,
)
from maillage.launch.mobilisation.models import Attempt, Motive, Obstacle
from maillage.launch.mobilisation.queries import REASON_LASTS, with_stage
from maillage.launch.mobilisation.voice import quarter_ends

AID_IS_TOO_MUCH: Final = 0.6  # share of the members whose main motive is known
FEWEST_KNOWN: Final = 5  # members; below, a share says nothing


@dataclass(frozen=True, slots=True)
class Tried:
    """A countermeasure: tried so often, with a result so often, and how often it worked."""

    countermeasure: Countermeasure
    tried: int
    known: int
    worked: int

    @property
    def rate(self) -> float | None:
        """The share of the known results that lifted or lessened the obstacle."""
        return self.worked / self.known if self.known else None


@dataclass(frozen=True, slots=True)
class Brake:
    """An obstacle: how many firms said it, for how many it still holds, what was tried."""

    kind: ObstacleKind
    firms: int
    open: int
    tried: tuple[Tried, ...]


def brakes_of(network: Network) -> list[Brake]:
    """Return the obstacles of the firms of a network, the most frequent first. Two queries."""
    said = {
        row["kind"]: row
        for row in Obstacle.objects.filter(approach__network=network)
        .order_by()
        .values("kind")
        .annotate(
            firms=Count("approach", distinct=True),
            open=Count("approach", distinct=True, filter=Q(lifted_on=None)),
        )
    }
    tried: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    attempts = (
        Attempt.objects.filter(obstacle__approach__network=network)
        .order_by()
        .values_list("obstacle__kind", "countermeasure", "result")
        .annotate(times=Count("pk"))
    )
    for kind, countermeasure, result, times in attempts:
        tried[kind][countermeasure, result] += times
    brakes = [
        Brake(ObstacleKind(kind), row["firms"], row["open"], _tried(tried[kind]))
        for kind, row in said.items()
    ]
    return sorted(brakes, key=lambda one: (-one.firms, -one.open, one.kind))


def _tried(results: Counter[tuple[str, str]]) -> tuple[Tried, ...]:
    found = []
    for name in {name for name, _result in results}:
        times = {result: results[name, result] for result in AttemptResult}
        total = sum(times.values())
        known = total - times[AttemptResult.NONE_YET]
        worked = sum(times[result] for result in WORKED)
        found.append(Tried(Countermeasure(name), total, known, worked))
    return tuple(sorted(found, key=lambda one: (-(one.rate or 0), -one.tried, one.countermeasure)))


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why members take part: how many there are, and how many said so in one sentence.

    `main` are the main motives of those that told one, the most frequent first.
    """

    members: int
    without: int
    old: int
    main: tuple[tuple[MotiveKind, int], ...]

    @property
    def known(self) -> int:
        """How many members told their main motive."""
        return sum(count for _kind, count in self.main)

    @property
    def aid(self) -> int:
        """How many of them take part for an aid first."""
        return dict(self.main).get(MotiveKind.AID, 0)

    @property
    def depends_on_aid(self) -> bool:
        """Whether too many take part for an aid, which will end one day."""
        return self.known >= FEWEST_KNOWN and self.aid / self.known >= AID_IS_TOO_MUCH


def reasons_of(network: Network, today: date | None = None) -> Reasons:
    """Return why the members of a network take part. Two queries."""
    day = today or localdate()
    member = members_on(network, day).filter(membership__organisation=OuterRef("pk"))
    counted = with_stage(Organisation.objects.all(), network).filter(Exists(member))
    said = counted.order_by().aggregate(
        members=Count("pk"),
        without=Count("pk", filter=Q(approach__reason="") | Q(approach__reason=None)),
        old=Count("pk", filter=Q(approach__reason_on__lt=day - REASON_LASTS)),
    )
    here = members_on(network, day).filter(
        membership__organisation=OuterRef("approach__organisation")
    )
    main = (
        Motive.objects.filter(Exists(here), approach__network=network, is_main=True)
        .order_by()
        .values_list("kind")
        .annotate(total=Count("pk"))
    )
    ranked = sorted(main, key=lambda row: (-row[1], row[0]))
    return Reasons(**said, main=tuple((MotiveKind(kind), total) for kind, total in ranked))


@dataclass(frozen=True, slots=True)
class Fears:
    """On a day: firms that fear competitors, and pairs of them that had agreed to meet."""

    day: date
    open: int
    lifted_pairs: int


def fears_of(network: Network, today: date | None = None) -> list[Fears]:
    """Return the fear of competitors at the end of the last quarters and today. Two queries."""
    fears = list(
        Obstacle.objects.filter(
            approach__network=network, kind=ObstacleKind.COMPETITION
        ).values_list("noted_on", "lifted_on")
    )
    lifts = [
        (localtime(agreed).date(), localtime(ended).date() if ended else None)
        for agreed, ended in CompetitionLift.objects.filter(
            competition__first__memberships__network=network,
            first_agreed_at__isnull=False,
            second_agreed_at__isnull=False,
        )
        .annotate(both=Greatest("first_agreed_at", "second_agreed_at"))
        .values_list("both", "ended_at")
    ]
    return [
        Fears(day, _running(fears, day), _running(lifts, day))
        for day in quarter_ends(today or localdate())
    ]


def _running(spans: Iterable[tuple[date, date | None]], day: date) -> int:
    return sum(start <= day and (end is None or end > day) for start, end in spans)
