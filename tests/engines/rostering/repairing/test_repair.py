"""Stories of a week that does not go as published."""

from dataclasses import replace

import pytest

from maillage.engines.rostering import (
    Assignment,
    History,
    Instance,
    Need,
    Plan,
    RosterError,
    Setting,
    Severity,
    Worker,
    check,
)
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.repairing import Absence, Call, Desk, Option, Vacancy, repair
from tests.engines.rostering.cast import HOUR, chloe, question, rule, slot

RULES = (
    rule("skill"),
    rule("availability"),
    rule("no_overlap"),
    rule("fixed"),
    rule("urgent_maximum", most=3),
    Setting(rule="uncovered", severity=Severity.WARN, cost=1),
    Setting(rule="surplus", severity=Severity.WARN, cost=1),
    Setting(rule="new_faces", severity=Severity.WARN, cost=60),
    Setting(rule="stability", severity=Severity.WARN, cost=40),
)
MORNING = slot(1, 8, 12, importance=1000)
AFTERNOON = slot(1, 13, 17, importance=1000)
CHLOE_IS_ILL = Absence("chloé", DAY, 2 * DAY)


def alice(**more: object) -> Worker:
    return chloe(**{"worker_id": "alice", "name": "Alice", **more})


def farid(**more: object) -> Worker:
    return chloe(**{"worker_id": "farid", "name": "Farid", **more})


def knows(*firm_ids: str, **more: object) -> History:
    return History(known_firm_ids=frozenset(firm_ids), **more)  # type: ignore[arg-type]


def told(**slots: tuple[Need, ...]) -> Plan:
    names = {"chloe": "chloé"}
    return Plan(
        frozenset(
            Assignment(names.get(name, name), need.need_id)
            for name, needs in slots.items()
            for need in needs
        )
    )


def takings(option: Option) -> list[tuple[str, str, str]]:
    return [(t.worker_id, t.need_id, t.left_by) for t in option.takings]


def scene(*workers: Worker, needs: tuple[Need, ...], **more: object) -> Instance:
    return question(*needs, workers=workers, rules=RULES, **more)


def test_repair_gives_the_slot_of_somebody_ill_to_somebody_free() -> None:
    instance = scene(chloe(), alice(), needs=(MORNING,))

    answer = repair(instance, told(chloe=(MORNING,)), CHLOE_IS_ILL)

    best = answer.options[0]
    assert answer.holes == (MORNING.need_id,)
    assert takings(best) == [("alice", MORNING.need_id, "")]
    assert (best.touched, best.told, best.left) == (0, ("alice",), ())
    assert [(c.rule, c.points) for c in best.charges] == [("new_faces", 60), ("stability", 40)]
    assert best.points == 100


def test_repair_prefers_a_familiar_face() -> None:
    instance = scene(chloe(), farid(), alice(history=knows("bob")), needs=(MORNING,))

    answer = repair(instance, told(chloe=(MORNING,)), CHLOE_IS_ILL)

    assert [option.takings[0].worker_id for option in answer.options[:-1]] == ["alice", "farid"]
    assert [option.takings[0].knows_firm for option in answer.options[:-1]] == [True, False]


def test_repair_prefers_who_was_called_least_when_all_else_is_equal() -> None:
    call = slot(1, 8, 12, urgent=True, importance=1000)
    instance = scene(
        alice(history=History(urgent_calls=2)), farid(history=History(urgent_calls=1)), needs=()
    )

    answer = repair(instance, Plan(frozenset()), Call(call))

    assert [option.takings[0].urgent_calls for option in answer.options[:-1]] == [1, 2]
    assert answer.options[0].takings[0].worker_id == "farid"


def test_repair_refuses_a_fourth_emergency_and_finds_somebody_else() -> None:
    call = slot(1, 8, 12, urgent=True, importance=1000)
    tired = alice(history=knows("bob", urgent_calls=3))
    instance = scene(tired, farid(), needs=(AFTERNOON,))

    answer = repair(instance, Plan(frozenset()), Call(call))

    assert [takings(option) for option in answer.options] == [
        [("farid", call.need_id, "")],
        [],
    ]


def test_repair_passes_a_slot_on_when_only_a_busy_worker_can_answer() -> None:
    call = slot(1, 8, 12, "denis", skill="welding", urgent=True, importance=1000)
    welder = chloe(skills={"baking": 1, "welding": 1})
    instance = scene(welder, alice(), needs=(MORNING,))

    answer = repair(instance, told(chloe=(MORNING,)), Call(call))

    best = answer.options[0]
    assert takings(best) == [
        ("chloé", call.need_id, ""),
        ("alice", MORNING.need_id, "chloé"),
    ]
    assert (best.touched, best.told) == (1, ("chloé", "alice"))
    assert best.applied_to(told(chloe=(MORNING,))) == Plan(
        frozenset({Assignment("chloé", call.need_id), Assignment("alice", MORNING.need_id)})
    )


def test_repair_touches_no_other_assignment_when_asked_not_to() -> None:
    call = slot(1, 8, 12, "denis", skill="welding", urgent=True)
    welder = chloe(skills={"baking": 1, "welding": 1})
    instance = scene(welder, alice(), needs=(MORNING,))

    answer = repair(instance, told(chloe=(MORNING,)), Call(call), most_touched=0)

    assert [option.left for option in answer.options] == [(call.need_id,)]


@pytest.mark.parametrize(
    "held",
    [{"fixed": frozenset({Assignment("chloé", MORNING.need_id)})}, {"now": DAY + 9 * HOUR}],
    ids=["fixed", "begun"],
)
def test_repair_never_takes_away_what_is_fixed_or_begun(held: dict[str, object]) -> None:
    call = slot(1, 11, 14, "denis", skill="welding", urgent=True)
    welder = chloe(skills={"baking": 1, "welding": 1})
    instance = scene(welder, alice(), needs=(MORNING,), **held)

    answer = repair(instance, told(chloe=(MORNING,)), Call(call))

    assert [option.left for option in answer.options] == [(call.need_id,)]


@pytest.mark.parametrize(("most", "touched"), [(3, []), (4, [4])])
def test_repair_counts_every_slot_that_a_chain_moves(most: int, touched: list[int]) -> None:
    call = slot(1, 8, 17, "denis", skill="welding", urgent=True)
    early, late = (slot(1, a, b, "farid", skill="driving") for a, b in ((8, 12), (13, 17)))
    instance = scene(
        chloe(skills={"baking": 1, "welding": 1}),
        alice(skills={"baking": 1, "driving": 1}),
        farid(skills={"driving": 1}),
        needs=(MORNING, AFTERNOON, early, late),
    )
    plan = told(chloe=(MORNING, AFTERNOON), alice=(early, late))

    answer = repair(instance, plan, Call(call), most_touched=most)

    assert [option.touched for option in answer.options[:-1]] == touched


def test_repair_says_which_fixed_slots_an_absence_meets() -> None:
    fixed = frozenset({Assignment("chloé", MORNING.need_id)})
    instance = scene(chloe(), alice(), needs=(MORNING, AFTERNOON), fixed=fixed)

    answer = repair(instance, told(chloe=(MORNING, AFTERNOON)), CHLOE_IS_ILL)

    assert answer.kept == (Assignment("chloé", MORNING.need_id),)
    assert answer.holes == (AFTERNOON.need_id,)


def test_repair_fills_every_slot_of_an_absence_in_one_option() -> None:
    instance = scene(chloe(), alice(), needs=(MORNING, AFTERNOON))

    answer = repair(instance, told(chloe=(MORNING, AFTERNOON)), CHLOE_IS_ILL)

    assert sorted(takings(answer.options[0])) == [
        ("alice", AFTERNOON.need_id, ""),
        ("alice", MORNING.need_id, ""),
    ]
    assert answer.options[0].left == ()


def test_repair_fills_what_it_can_and_says_what_is_left() -> None:
    welding = slot(1, 13, 17, "denis", skill="welding", importance=1000)
    welder = chloe(skills={"baking": 1, "welding": 1})
    instance = scene(welder, alice(), needs=(MORNING, welding))

    answer = repair(instance, told(chloe=(MORNING, welding)), CHLOE_IS_ILL)

    assert takings(answer.options[0]) == [("alice", MORNING.need_id, "")]
    assert answer.options[0].left == (welding.need_id,)
    assert {c.rule: c.points for c in answer.options[0].charges}["uncovered"] == 1000


def test_repair_ends_with_leaving_all_undone_and_its_cost() -> None:
    instance = scene(chloe(), alice(), needs=(MORNING,))

    undone = repair(instance, told(chloe=(MORNING,)), CHLOE_IS_ILL).options[-1]

    assert (undone.takings, undone.left, undone.points) == ((), (MORNING.need_id,), 1000)
    assert undone.removed == {Assignment("chloé", MORNING.need_id)}


def test_repair_never_asks_back_who_is_away_even_when_the_rules_would_let_them() -> None:
    lenient = tuple(setting for setting in RULES if setting.rule != "availability")
    instance = question(MORNING, workers=(chloe(),), rules=lenient)

    answer = repair(instance, told(chloe=(MORNING,)), CHLOE_IS_ILL)

    assert [option.left for option in answer.options] == [(MORNING.need_id,)]


def test_repair_fills_a_slot_that_lacked_somebody() -> None:
    instance = scene(chloe(), needs=(MORNING,))

    answer = repair(instance, Plan(frozenset()), Vacancy(MORNING.need_id))

    assert takings(answer.options[0]) == [("chloé", MORNING.need_id, "")]


def test_repair_follows_priorities_when_the_objective_is_lexicographic() -> None:
    spared, new = replace(RULES[7], priority=1), RULES[8]
    rules = (*RULES[:7], replace(spared, cost=9999), new)
    instance = question(
        MORNING,
        AFTERNOON,
        workers=(chloe(skills={"baking": 0}), farid()),
        rules=rules,
        objective="lexicographic",
    )

    answer = repair(instance, told(chloe=(MORNING,)), CHLOE_IS_ILL)

    assert answer.options[0].by_priority(2) == (40, 9999)
    assert answer.options[0].left == ()


@pytest.mark.parametrize(
    ("change", "english", "french"),
    [
        (
            Absence("nobody", 0, DAY),
            "absence, worker_id: “nobody” does not exist",
            "absence, worker_id : «\u00a0nobody\u00a0» n’existe pas",
        ),
        (
            Vacancy("nothing"),
            "vacancy, need_id: “nothing” does not exist",
            "créneau à pourvoir, need_id : «\u00a0nothing\u00a0» n’existe pas",
        ),
        (
            Vacancy(MORNING.need_id),
            "need bob 1 8-12, count: nobody is missing there: 1 asked for, 1 planned",
            "créneau bob 1 8-12, count : il n’y manque personne\u00a0: 1 demandés, 1 prévus",
        ),
        (
            Call(MORNING),
            "need bob 1 8-12, need_id: there is already a slot of this name",
            "créneau bob 1 8-12, need_id : un créneau porte déjà ce nom",
        ),
    ],
)
def test_repair_refuses_what_is_not_there(change: object, english: str, french: str) -> None:
    instance = scene(chloe(), needs=(MORNING,))

    with pytest.raises(RosterError) as refusal:
        repair(instance, told(chloe=(MORNING,)), change)  # type: ignore[arg-type]

    assert refusal.value.text("en") == english
    assert refusal.value.text("fr") == french.replace(" : «", "\u00a0: «").replace(
        "id : un", "id\u00a0: un"
    ).replace("count : il", "count\u00a0: il")


def test_repair_answers_the_same_from_a_desk_kept_ready() -> None:
    instance = scene(chloe(), alice(), farid(), needs=(MORNING, AFTERNOON))
    plan = told(chloe=(MORNING,), alice=(AFTERNOON,))
    desk = Desk(instance, plan)
    repair(instance, plan, Call(slot(1, 8, 12, "denis", need_id="x")), desk=desk)

    ready = repair(instance, plan, Call(slot(1, 8, 12, "denis", need_id="x")), desk=desk)

    fresh = repair(instance, plan, Call(slot(1, 8, 12, "denis", need_id="x")))
    assert ready.options == fresh.options
    assert not any(
        breach.forbidden for breach in check(ready.instance, ready.options[0].applied_to(plan))
    )
