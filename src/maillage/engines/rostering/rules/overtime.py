"""Overtime: what a civil week has beyond the legal one."""

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import total_findings, total_shapes
from maillage.engines.rostering.rules.weekly_maximum import limits
from maillage.engines.rostering.sentences import Sentence

RULE = Rule(
    name="overtime",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would work {total} in the week of {first_date}: {amount} of overtime",
        fr=(
            "{worker} travaillerait {total} la semaine du {first_date}\u00a0: {amount} d’heures "
            "supplémentaires"
        ),
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
    parameters=("minutes",),
)
