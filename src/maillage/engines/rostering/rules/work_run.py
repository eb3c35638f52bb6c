"""Work comes in runs: at least `days` worked in a row."""

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.streaks import run_findings, run_shapes
from maillage.engines.rostering.sentences import Sentence

RULE = Rule(
    name="work_run",
    unit="days",
    sentence=Sentence(
        en=("{worker} would work only {days} days in a row up to {last_date}, {limit} at least"),
        fr=(
            "{worker} ne travaillerait que {days} jours d’affilée jusqu’au "
            "{last_date}, {limit} au moins"
        ),
    ),
    findings=run_findings(of_work=True, most=False),
    shapes=run_shapes(of_work=True, most=False),
    parameters=("days",),
)
