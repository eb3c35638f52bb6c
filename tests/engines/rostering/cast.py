"""The cast at work: Chloé shared between Bob and Farid, Emma who competes with Bob."""

from datetime import date

from maillage.engines.rostering import (
    Assignment,
    Contract,
    Firm,
    Horizon,
    Instance,
    Need,
    Plan,
    RulePack,
    Setting,
    Severity,
    Worker,
)
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.judging import Weight, weigh_plan
from maillage.engines.rostering.model import compile_model

MONDAY = date(2026, 3, 2)
HOUR = 60
FIRMS = (
    Firm("bob", "Bob’s bakery", "Blois"),
    Firm("emma", "Emma’s bakery", "Blois"),
    Firm("farid", "Farid’s orchard", "Vendôme"),
    Firm("denis", "Denis’s garage", "Contres"),
)
RIVALS = frozenset({("bob", "emma")})
TRAVEL = {("Blois", "Vendôme"): 40, ("Blois", "Contres"): 25}


def slot(day: int, start: float, end: float, firm: str = "bob", **more: object) -> Need:
    """A slot of `firm` on a day, from one hour to another (25 is one in the next morning)."""
    values: dict[str, object] = {
        "need_id": f"{firm} {day} {start:g}-{end:g}",
        "firm_id": firm,
        "skill": "baking",
        "start": day * DAY + round(start * HOUR),
        "end": day * DAY + round(end * HOUR),
        **more,
    }
    return Need(**values)  # type: ignore[arg-type]


def chloe(**more: object) -> Worker:
    """Chloé, 35 hours, who bakes."""
    values: dict[str, object] = {
        "worker_id": "chloé",
        "name": "Chloé",
        "contract": Contract(35 * HOUR),
        "skills": {"baking": 1},
        **more,
    }
    return Worker(**values)  # type: ignore[arg-type]


def rule(name: str, severity: Severity = Severity.BLOCK, **parameters: int | str) -> Setting:
    """A setting that forbids, for everybody."""
    return Setting(rule=name, severity=severity, parameters=parameters)


def question(
    *needs: Need,
    workers: tuple[Worker, ...] | None = None,
    rules: tuple[Setting, ...] = (),
    days: int = 14,
    documents: frozenset[tuple[str, str]] = frozenset(),
    **more: object,
) -> Instance:
    """An instance of two weeks from Monday 2 March 2026, with only these rules."""
    values: dict[str, object] = {
        "horizon": Horizon(MONDAY, days),
        "workers": workers or (chloe(),),
        "firms": FIRMS,
        "needs": needs,
        "pack": RulePack(rules, documents),
        "competitors": RIVALS,
        "travel": TRAVEL,
        **more,
    }
    return Instance(**values)  # type: ignore[arg-type]


def everywhere(instance: Instance, worker_id: str = "chloé") -> Plan:
    """The plan in which one worker is in every slot."""
    return Plan(frozenset(Assignment(worker_id, need.need_id) for need in instance.needs))


def weighed(instance: Instance, plan: Plan) -> Weight:
    """What the search sees of a plan."""
    model = compile_model(instance)
    return weigh_plan(model, model.lines(plan))
