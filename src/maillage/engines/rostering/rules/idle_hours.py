"""Idle hours: contract hours of a whole week that no slot fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.plan import contract_minutes, weeks_of
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, worker: Worker) -> Iterator[Limit]:
    """At least the contract’s minutes in each week, less those of days away and holidays."""
    for week in weeks_of(instance):
        if setting.holds_on(instance.horizon.date_of(week[0])):
            least = contract_minutes(instance, worker, week)
            yield Limit(first=week[0], last=week[1], least=least)


RULE = Rule(
    name="idle_hours",
    unit="minutes",
    sentence=Sentence(
        en=(
            "{worker} would have {total} of work in the week of {first_date}, {amount} "
            "less than the contract"
        ),
        fr=(
            "{worker} aurait {total} de travail la semaine du {first_date}, {amount} "
            "de moins qu’au contrat"
        ),
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
)
