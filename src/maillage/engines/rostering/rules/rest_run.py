"""Rest comes in runs: at least `days` free in a row."""

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.streaks import run_findings, run_shapes
from maillage.engines.rostering.sentences import Sentence

RULE = Rule(
    name="rest_run",
    unit="days",
    sentence=Sentence(
        en=("{worker} would be free only {days} days in a row up to {last_date}, {limit} at least"),
        fr=(
            "{worker} n’aurait que {days} jours libres d’affilée jusqu’au {last_date}, "
            "{limit} au moins"
        ),
    ),
    findings=run_findings(of_work=False, most=False),
    shapes=run_shapes(of_work=False, most=False),
    parameters=("days",),
)
