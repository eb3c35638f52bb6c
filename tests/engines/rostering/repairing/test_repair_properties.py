"""What holds for every repair of made-up weeks: no rule broken, nothing fixed moved, few told."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engines.rostering import Assignment, Instance, Plan, check, evaluate
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.plan import lines_of
from maillage.engines.rostering.repairing import Absence, Call, Desk, repair
from maillage.engines.rostering.repairing.desk import in_order
from tests.engines.rostering.cast import slot
from tests.engines.rostering.weeks import planned_weeks

CALL = slot(2, 9, 13, "farid", need_id="call", urgent=True, importance=1000)


@settings(max_examples=60, deadline=None)
@given(scene=planned_weeks(), ill=st.booleans())
def test_every_option_is_lawful_fair_to_what_is_fixed_and_priced_right(
    scene: tuple[Instance, Plan], ill: bool
) -> None:
    instance, plan = scene
    change = Absence("chloé", 2 * DAY, 4 * DAY) if ill else Call(CALL)

    answer = repair(instance, plan, change)

    undone = answer.options[-1]
    left = undone.applied_to(plan)
    known = {(b.rule, b.worker_id) for b in check(answer.instance, left) if b.forbidden}
    nothing = evaluate(answer.instance, left)
    for option in answer.options:
        mended = option.applied_to(plan)
        broken = {(b.rule, b.worker_id) for b in check(answer.instance, mended) if b.forbidden}
        assert broken <= known
        assert instance.fixed <= mended.assignments
        assert option.touched <= 3
        assert option.touched == len(option.removed) - len(undone.removed)
        extra = evaluate(answer.instance, mended).points - nothing.points
        assert extra == option.points - undone.points


@settings(max_examples=25, deadline=None)
@given(scene=planned_weeks(most_slots=4))
def test_an_urgent_slot_is_filled_whenever_three_changes_are_enough(
    scene: tuple[Instance, Plan],
) -> None:
    instance, plan = scene

    answer = repair(instance, plan, Call(CALL), effort=10_000)

    assert bool(answer.options[0].takings) == _possible(answer.instance, plan)


def _possible(instance: Instance, plan: Plan) -> bool:
    """Brute force: every way to hand the slots of the plan round and fill the call."""
    known = {(b.rule, b.worker_id) for b in check(instance, plan) if b.forbidden}
    held = sorted(plan.assignments, key=lambda assignment: assignment.need_id)
    names = [worker.worker_id for worker in instance.workers]
    for first, *others in product(names, repeat=len(held) + 1):
        moved = [
            (old, name) for old, name in zip(held, others, strict=True) if old.worker_id != name
        ]
        new = {Assignment(name, old.need_id) for old, name in zip(held, others, strict=True)}
        new.add(Assignment(first, "call"))
        if len(moved) > 3 or len(new) != len(held) + 1 or not instance.fixed <= new:
            continue
        broken = {
            (b.rule, b.worker_id) for b in check(instance, Plan(frozenset(new))) if b.forbidden
        }
        if broken <= known:
            return True
    return False


@settings(max_examples=60, deadline=None)
@given(scene=planned_weeks(), place=st.integers(0, 20))
def test_judging_the_days_around_a_change_finds_what_judging_all_finds(
    scene: tuple[Instance, Plan], place: int
) -> None:
    instance, plan = scene
    desk = Desk(instance, plan)
    line = lines_of(desk.instance, plan)[0]
    need = instance.needs[place % len(instance.needs)]
    after = line.needs + (() if need in line.needs else (need,))
    after = in_order(after if need not in line.needs else (n for n in after if n != need))
    whole = (
        evaluate(desk.instance, plan),
        evaluate(
            desk.instance,
            Plan(
                frozenset(a for a in plan.assignments if a.worker_id != "chloé")
                | {Assignment("chloé", n.need_id) for n in after if n.firm_id}
            ),
        ),
    )
    cover = {"uncovered", "surplus"}
    before, later = ({t.rule: t.points for t in e.terms if t.rule not in cover} for e in whole)

    charges: dict[str, object] = {}
    for charge in desk.charges(line.worker, line.needs, after):
        charges[charge.rule] = charge.points

    assert charges == {
        rule: later.get(rule, 0) - before.get(rule, 0)
        for rule in {*before, *later}
        if later.get(rule, 0) != before.get(rule, 0)
    }
