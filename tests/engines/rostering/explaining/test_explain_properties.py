"""What holds for every explanation, on made-up weeks: what it says would help does help."""

from dataclasses import replace

from hypothesis import given, settings

from maillage.engines.rostering import Instance, Plan, check
from maillage.engines.rostering.explaining import explain
from maillage.engines.rostering.repairing import Desk
from tests.engines.rostering.weeks import planned_weeks


@settings(max_examples=50, deadline=None)
@given(scene=planned_weeks())
def test_every_relaxation_makes_its_slot_coverable(scene: tuple[Instance, Plan]) -> None:
    instance, plan = scene
    known = {(b.rule, b.worker_id) for b in check(instance, plan) if b.forbidden}

    explanation = explain(instance, plan)

    staff = plan.staff()
    for empty in explanation.empty:
        for relaxation in empty.relaxations:
            changed, then = relaxation.applied_to(instance, plan)
            broken = {(b.rule, b.worker_id) for b in check(changed, then) if b.forbidden}
            assert broken <= known
            assert len(then.staff()[empty.need_id]) == len(staff.get(empty.need_id, ())) + 1
            assert "{" not in relaxation.text(instance, "en") + relaxation.text(instance, "fr")


@settings(max_examples=50, deadline=None)
@given(scene=planned_weeks())
def test_every_empty_slot_has_its_obstacles_and_every_assignment_its_reason(
    scene: tuple[Instance, Plan],
) -> None:
    instance, plan = scene

    explanation = explain(instance, plan)

    staff = plan.staff()
    assert [empty.need_id for empty in explanation.empty] == [
        need.need_id
        for need in sorted(instance.needs, key=lambda need: (need.start, need.need_id))
        if need.need_id not in staff
    ]
    assert len(explanation.reasons) == len(plan.assignments)
    for empty in explanation.empty:
        assert len(empty.obstacles) == len(instance.workers)
        taking = {r.worker_id for r in empty.relaxations if r.kind == "take"}
        free = {o.worker_id for o in empty.obstacles if not o.breaches}
        assert taking <= free


@settings(max_examples=30, deadline=None)
@given(scene=planned_weeks())
def test_explaining_all_slots_at_once_says_of_each_what_explaining_it_alone_says(
    scene: tuple[Instance, Plan],
) -> None:
    instance, plan = scene

    together = explain(instance, plan)

    alone = [explain(replace(instance), plan, need_ids=(e.need_id,)) for e in together.empty]
    assert [one.empty for one in alone] == [(entry,) for entry in together.empty]


@settings(max_examples=50, deadline=None)
@given(scene=planned_weeks())
def test_slot_by_itself_is_judged_as_a_line_of_one_slot(scene: tuple[Instance, Plan]) -> None:
    instance, plan = scene
    desk = Desk(instance, plan)

    for worker in instance.workers:
        for need in instance.needs:
            quick = [(b.rule, b.amount) for b in desk.forbidden_alone(worker, need)]
            assert quick == [(b.rule, b.amount) for b in desk.forbidden(worker, (), (need,))]
