"""Hours of the period: between `least` and `most` minutes over the whole horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import NO_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, _worker: Worker) -> Iterator[Limit]:
    """At least `least` and at most `most` minutes, each only when given."""
    most = setting.optional("most")
    yield Limit(
        first=0,
        last=instance.horizon.days - 1,
        least=setting.optional("least") or 0,
        most=int(NO_LIMIT) if most is None else most,
    )


RULE = Rule(
    name="period_hours",
    unit="minutes",
    sentence=Sentence(
        en=("{worker} would work {total} over the period, {amount} away from the limit of {limit}"),
        fr=("{worker} travaillerait {total} sur la période, à {amount} de la limite de {limit}"),
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
)
