"""Days in a row: no more than `days` worked without a free one."""

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.streaks import run_findings, run_shapes
from maillage.engines.rostering.sentences import Sentence

RULE = Rule(
    name="days_in_row",
    unit="days",
    sentence=Sentence(
        en="{worker} works {days} days in a row up to {last_date}: {amount} too many",
        fr="{worker} travaille {days} jours d’affilée jusqu’au {last_date}\u00a0: {amount} de trop",
    ),
    findings=run_findings(of_work=True, most=True),
    shapes=run_shapes(of_work=True, most=True),
    parameters=("days",),
)
