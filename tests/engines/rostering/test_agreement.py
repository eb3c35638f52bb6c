"""On any roster, legal or not, the model that searches see and the checks for people agree."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engines.rostering import (
    Assignment,
    Contract,
    History,
    Instance,
    Plan,
    Request,
    Setting,
    Severity,
    Worker,
    check,
    evaluate,
)
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.french_law import FRANCE
from maillage.engines.rostering.judging import weigh, weigh_plan
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.rules import RULES
from tests.engines.rostering.cast import FIRMS, chloe, question, slot

BY_SLOT = {"skill", "availability", "allowed_firm", "night_work", "sunday_work", "fixed"}
EXTRA = (
    Setting(rule="work_run", severity=Severity.WARN, cost=7, parameters={"days": 2}),
    Setting(rule="rest_run", severity=Severity.BLOCK, parameters={"days": 2}),
    Setting(rule="weekends", severity=Severity.WARN, cost=11, parameters={"most": 1}),
    Setting(
        rule="kind_maximum",
        severity=Severity.WARN,
        cost=3,
        per=2,
        parameters={"kind": "N", "most": 1},
    ),
    Setting(
        rule="succession",
        severity=Severity.WARN,
        cost=5,
        parameters={"after": "N", "next": "E"},
        workers=frozenset({"w0"}),
    ),
    Setting(
        rule="period_hours",
        severity=Severity.WARN,
        cost=1,
        per=7,
        parameters={"least": 600, "most": 1200},
    ),
    Setting(
        rule="urgent_maximum",
        severity=Severity.WARN,
        cost=9,
        parameters={"most": 1, "window": "month"},
    ),
    Setting(
        rule="contract_drift",
        severity=Severity.WARN,
        cost=1,
        per=11,
        parameters={"weeks": 1, "above": 60, "full_time": 2100},
    ),
)


def a_worker(chance: Random, w: int, need_ids: list[str]) -> Worker:
    worked = chance.choice((None, 0, 3))
    return chloe(
        worker_id=f"w{w}",
        name=f"w{w}",
        contract=Contract(chance.choice((20, 30, 35)) * 60),
        skills={"baking": chance.randint(0, 1)},
        firm_ids=chance.choice((None, frozenset({"bob", "emma", "farid"}))),
        lent={"bob": ((0, chance.randint(1, 9) * DAY),)} if chance.random() < 0.3 else {},
        absences=((3 * DAY, 5 * DAY),) if chance.random() < 0.3 else (),
        availability=((0, 9 * DAY),) if chance.random() < 0.2 else None,
        outside=((DAY + 600, DAY + 800),) if chance.random() < 0.3 else (),
        requests=tuple(
            Request(need_id, chance.random() < 0.5, chance.randint(0, 3))
            for need_id in chance.sample(need_ids, min(2, len(need_ids)))
        ),
        groups=frozenset(chance.sample(("minor", "night_worker"), chance.randint(0, 2))),
        history=History(
            days_in_row=worked,
            last_end=chance.choice((None, -200)),
            weeks=tuple(chance.randint(1000, 3500) for _ in range(chance.choice((0, 11)))),
            this_week=chance.choice((0, 900)),
            urgent_calls=chance.randint(0, 3),
            urgent_this_month=chance.randint(0, 2),
            night_minutes=chance.choice((0, 269 * 60)),
            known_firm_ids=frozenset({"bob"}),
        ),
    )


def a_question(chance: Random, *, soft: bool) -> Instance:
    needs = {}
    for _ in range(chance.randint(1, 25)):
        start = chance.choice((6, 8, 12, 13, 15.5, 17.5, 22))
        need = slot(
            chance.randrange(14),
            start,
            start + chance.choice((2, 4, 8)),
            chance.choice(FIRMS).firm_id,
            count=chance.randint(0, 2),
            importance=chance.randint(0, 9),
            surplus=chance.choice((None, 2)),
            level=chance.randint(0, 1),
            kind=chance.choice(("", "N", "E")),
            urgent=chance.random() < 0.2,
            unpleasant=chance.random() < 0.2,
            break_minutes=chance.choice((0, 0, 30)),
            wished_worker_id=chance.choice(("", "w1")),
        )
        needs[need.need_id] = need
    ids = sorted(needs)
    told = frozenset(Assignment("w0", need_id) for need_id in ids if chance.random() < 0.3)
    rules = tuple(r for r in (*FRANCE, *EXTRA) if not (soft and RULES[r.rule].told_only))
    if soft:
        rules = tuple(
            Setting(
                rule=r.rule,
                severity=Severity.WARN,
                cost=r.cost + 1,
                per=r.per,
                parameters=r.parameters,
                workers=r.workers,
                group=r.group,
                priority=r.priority,
            )
            for r in rules
        )
    return question(
        *needs.values(),
        workers=tuple(a_worker(chance, w, ids) for w in range(2)),
        rules=rules,
        published=told,
        fixed=frozenset({Assignment("w1", ids[0])}),
        now=chance.choice((0, 2 * DAY)),
        documents=frozenset({("night_work", "w0")}),
    )


def a_plan(chance: Random, instance: Instance) -> Plan:
    return Plan(
        frozenset(
            Assignment(worker.worker_id, need.need_id)
            for worker in instance.workers
            for need in instance.needs
            if chance.random() < 0.4
        )
    )


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), soft=st.booleans())
def test_model_and_checks_agree_on_any_roster(seed: int, soft: bool) -> None:
    chance = Random(seed)
    instance = a_question(chance, soft=soft)
    plan = a_plan(chance, instance)
    model = compile_model(instance)

    weight = weigh_plan(model, model.lines(plan))

    evaluation = evaluate(instance, plan)
    forbidden = [breach for breach in check(instance, plan) if breach.forbidden]
    assert weight.price == evaluation.points * model.scale
    slots = {(b.worker_id, b.need_ids) for b in forbidden if b.rule in BY_SLOT}
    others = sum(b.amount for b in forbidden if b.rule not in BY_SLOT)
    assert weight.excess == len(slots) + others


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_line_that_changes_changes_the_plan_by_its_own_weight(seed: int) -> None:
    chance = Random(seed)
    instance = a_question(chance, soft=True)
    model = compile_model(instance, factors={0: 1000})
    lines = list(model.lines(a_plan(chance, instance)))
    before, line = weigh_plan(model, lines), lines[0]
    lines[0] = line[: len(line) // 2]

    after = weigh_plan(model, lines)

    own = weigh(model, 0, lines[0]).price - weigh(model, 0, line).price
    covers = compile_model(
        question(
            *instance.needs,
            workers=instance.workers,
            rules=tuple(s for s in instance.pack.settings if s.rule in {"uncovered", "surplus"}),
        ),
        factors={0: 1000},
    )
    factor = model.scale // covers.scale
    old = [line, *lines[1:]]
    cover = weigh_plan(covers, lines).price - weigh_plan(covers, old).price
    assert after.price - before.price == own + cover * factor
