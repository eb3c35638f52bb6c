"""Contract drift: a part-time average of `above` minutes over the contract raises the contract.

Over any run of `weeks` civil weeks, the past ones included; contracts at `full_time` or above are
not concerned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.rules.average_maximum import spans
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, worker: Worker) -> Iterator[Limit]:
    """Less than `above` minutes a week over the contract in `weeks` weeks."""
    promised = worker.contract.week_minutes
    if promised < setting.number("full_time"):
        most = setting.number("weeks") * (promised + setting.number("above")) - 1
        for first, last, past in spans(setting, instance, worker):
            yield Limit(first=first, last=last, past=past, most=most)


RULE = Rule(
    name="contract_drift",
    unit="minutes",
    sentence=Sentence(
        en=(
            "{worker}, part-time, would work {total} over the {weeks} weeks up to {last_date}: "
            "at {above} a week above the contract, the contract rises"
        ),
        fr=(
            "{worker}, à temps partiel, travaillerait {total} sur les {weeks} semaines jusqu’au "
            "{last_date}\u00a0: à {above} par semaine au-dessus du contrat, le contrat augmente"
        ),
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
    parameters=("weeks", "above", "full_time"),
)
