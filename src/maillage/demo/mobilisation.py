"""How far the firms of the demonstration have come, and what holds them back.

What they answered to the survey says it: members are active, those who are interested and may be
called are interested, the others were only spoken with.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.timezone import localdate

from maillage.bricks.questionnaires.definition import Value
from maillage.bricks.questionnaires.models import Response
from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.launch.mobilisation.enums import AsideReason, MotiveKind, ObstacleKind, Stage
from maillage.launch.mobilisation.models import Approach, Motive, Obstacle, StagePassage

BATCH: Final = 500
# What a firm answers, and the obstacle it is.
BRAKES: Final[Mapping[str, ObstacleKind]] = {
    "time": ObstacleKind.TIME,
    "competition": ObstacleKind.COMPETITION,
    "cost": ObstacleKind.COST,
    "alone": ObstacleKind.INDIVIDUALISM,
    "past": ObstacleKind.BAD_PAST,
}
# How long after the survey opened; the last calls were made lately.
DAYS: Final[Mapping[Stage, int]] = {
    Stage.MET: 12,
    Stage.INTERESTED: 365,
    Stage.ACTIVE: 375,
    Stage.REFUSED: 30,
}
ASKED_AGO: Final = 25  # days


def load_mobilisation(
    network: Network, answered: Sequence[tuple[Response, Mapping[str, Value]]]
) -> None:
    """Write down where each firm that answered stands; the scope of the network must be open."""
    members = set(
        MembershipPeriod.objects.filter(membership__network=network).values_list(
            "membership__organisation", flat=True
        )
    )
    begun = network.opened_on
    rows = [(response, values, _road(response, values, members)) for response, values in answered]
    approaches = Approach.objects.bulk_create(
        (
            Approach(
                network=network,
                organisation_id=response.organisation_id or 0,  # every firm here is named
                stage=road[-1],
                since=_day(begun, road[-1]),
                **_reason(values),
            )
            for response, values, road in rows
        ),
        batch_size=BATCH,
    )
    told = list(zip(approaches, rows, strict=True))
    StagePassage.objects.bulk_create(
        (
            StagePassage(
                approach=approach,
                from_stage=one,
                to_stage=other,
                on=_day(begun, other),
                code=AsideReason.NO_NEED if other == Stage.REFUSED else "",
            )
            for approach, (_response, _values, road) in told
            for one, other in zip((Stage.NOT_AWARE, *road), road, strict=False)
        ),
        batch_size=BATCH,
    )
    Motive.objects.bulk_create(
        (
            Motive(
                approach=approach,
                kind=MotiveKind.STAFF,
                is_main=True,
                noted_on=_day(begun, road[-1]),
            )
            for approach, (_response, values, road) in told
            if values.get("interested") == "yes"
        ),
        batch_size=BATCH,
    )
    Obstacle.objects.bulk_create(
        (
            Obstacle(approach=approach, kind=BRAKES[brake], noted_on=_day(begun, road[0]))
            for approach, (_response, values, road) in told
            for brake in _known(values.get("brakes", ()))
        ),
        batch_size=BATCH,
    )


def _road(response: Response, values: Mapping[str, Value], members: set[int]) -> tuple[Stage, ...]:
    if response.organisation_id in members:
        return Stage.MET, Stage.INTERESTED, Stage.ACTIVE
    if values.get("interested") == "yes":
        return Stage.MET, Stage.INTERESTED
    return (Stage.MET,) if values.get("contact") == "yes" else (Stage.MET, Stage.REFUSED)


def _day(begun: date, stage: Stage) -> date:
    return min(begun + timedelta(days=20 + DAYS[stage]), localdate())


def _reason(values: Mapping[str, Value]) -> dict[str, object]:
    if values.get("interested") != "yes":
        return {}
    return {
        "reason": "Partager un salarié sans porter seul le contrat.",
        "reason_on": localdate() - timedelta(days=ASKED_AGO),
    }


def _known(brakes: Iterable[str]) -> list[str]:
    return [brake for brake in brakes if brake in BRAKES]
