"""Stories of a plan that has to be explained to those who read it."""

import pytest

from maillage.engines.rostering import (
    Assignment,
    Contract,
    History,
    Need,
    Plan,
    RosterError,
    Setting,
    Severity,
    Worker,
    check,
)
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.explaining import explain
from maillage.engines.rostering.explaining.explain import Empty
from tests.engines.rostering.cast import HOUR, chloe, question, rule, slot

EMPTY = slot(1, 8, 12, importance=1000)
GARAGE = slot(1, 8, 10, "denis")
COSTS = (
    Setting(rule="uncovered", severity=Severity.WARN, cost=1),
    Setting(rule="new_faces", severity=Severity.WARN, cost=60),
)


def alice(**more: object) -> Worker:
    return chloe(**{"worker_id": "alice", "name": "Alice", **more})


def planned(*held: tuple[str, Need]) -> Plan:
    return Plan(frozenset(Assignment(name, need.need_id) for name, need in held))


def the_empty_slot(
    *workers: Worker,
    rules: tuple[Setting, ...],
    held: tuple[tuple[str, Need], ...] = (),
    **more: object,
) -> tuple[Empty, str, str]:
    """What is said of the slot that nobody is in; each relaxation is tried out."""
    needs = (EMPTY, *dict.fromkeys(need for _, need in held))
    instance = question(*needs, workers=workers, rules=(*rules, *COSTS), **more)
    plan = planned(*held)
    (empty,) = explain(instance, plan, assignments=False).empty
    for relaxation in empty.relaxations:
        changed, then = relaxation.applied_to(instance, plan)
        assert [b for b in check(changed, then) if b.forbidden] == []
        assert then.staff()[EMPTY.need_id] == [relaxation.worker_id]
    first = empty.relaxations[0] if empty.relaxations else None
    return (
        empty,
        first.text(instance, "en") if first else "",
        first.text(instance, "fr") if first else "",
    )


def test_a_slot_could_be_taken_as_things_are() -> None:
    empty, english, french = the_empty_slot(chloe(), rules=(rule("skill"),))

    assert (empty.missing, empty.obstacles[0].breaches) == (1, ())
    assert empty.relaxations[0].points == 60
    assert english == "Chloé could take it as things are"
    assert french == "Chloé pourrait le prendre en l’état"


def test_a_slot_could_be_taken_if_another_one_moved() -> None:
    bakes = alice(availability=((DAY + 8 * HOUR, DAY + 10 * HOUR),))
    empty, english, french = the_empty_slot(
        chloe(),
        bakes,
        rules=(rule("no_overlap"), rule("availability")),
        held=(("chloé", GARAGE),),
    )

    assert [b.rule for b in empty.obstacles[0].breaches] == ["no_overlap"]
    assert empty.relaxations[0].kind == "move"
    assert english == (
        "Chloé could, if the slot of Tuesday 3\u00a0March, 8:00 to 10:00, at Denis’s garage "
        "moved to Alice"
    )
    assert french == (
        "Chloé pourrait, si le créneau du mardi 3\u00a0mars, de 8\u00a0h à 10\u00a0h, chez "
        "Denis’s garage passait à Alice"
    )


LATE_MONDAY = slot(0, 18, 22)
AT_EMMA = slot(0, 8, 12, "emma")
CURES = [
    (
        "skill",
        (chloe(skills={}),),
        (rule("skill"),),
        (),
        "Chloé could, if Chloé had the skill baking at level 0",
        "Chloé pourrait, si Chloé avait la compétence baking au niveau 0",
    ),
    (
        "agreement",
        (chloe(firm_ids=frozenset({"farid"})),),
        (rule("allowed_firm"),),
        (),
        "Chloé could, if an agreement let Chloé work at Bob’s bakery",
        "Chloé pourrait, si une convention permettait à Chloé de travailler chez Bob’s bakery",
    ),
    (
        "away",
        (chloe(absences=((0, 3 * DAY),), availability=((5 * DAY, 6 * DAY),)),),
        (rule("availability"),),
        (),
        "Chloé could, if Chloé were available then",
        "Chloé pourrait, si Chloé était disponible à ce moment",
    ),
    (
        "document",
        (chloe(),),
        (
            Setting(
                rule="night_work",
                severity=Severity.NEEDS_DOCUMENT,
                parameters={"from": 21 * HOUR, "to": 9 * HOUR},
                article="L3122-20",
            ),
        ),
        (),
        "Chloé could, if the document that rule “night work” asks for were on file (art. L3122-20)",
        (
            "Chloé pourrait, si le document que demande la règle «\u00a0travail de nuit\u00a0» "
            "était au dossier (art. L3122-20)"
        ),
    ),
    (
        "pair",
        (chloe(),),
        (rule("competitors"),),
        (("chloé", AT_EMMA),),
        (
            "Chloé could, if the competitors Emma’s bakery × Bob’s bakery both lifted their "
            "reservation"
        ),
        (
            "Chloé pourrait, si les concurrents Emma’s bakery × Bob’s bakery levaient tous deux "
            "leur réserve"
        ),
    ),
    (
        "cap",
        (chloe(),),
        (rule("max_firms", most=1),),
        (("chloé", slot(0, 8, 12, "farid")),),
        "Chloé could, if rule “most firms per worker” allowed 2 instead of 1",
        (
            "Chloé pourrait, si la règle «\u00a0nombre maximal d’entreprises par salarié\u00a0» "
            "permettait 2 au lieu de 1"
        ),
    ),
    (
        "time",
        (chloe(),),
        (rule("daily_rest", minutes=11 * HOUR),),
        (("chloé", LATE_MONDAY),),
        "Chloé could, if the slot began at 9:00 instead",
        "Chloé pourrait, si le créneau commençait plutôt à 9\u00a0h",
    ),
]


@pytest.mark.parametrize(("kind", "workers", "rules", "held", "english", "french"), CURES)
def test_a_slot_could_be_taken_if_the_question_changed(
    kind: str,
    workers: tuple[Worker, ...],
    rules: tuple[Setting, ...],
    held: tuple[tuple[str, Need], ...],
    english: str,
    french: str,
) -> None:
    empty, said, dit = the_empty_slot(*workers, rules=rules, held=held)

    assert (empty.relaxations[0].kind, said, dit) == (kind, english, french)


def test_the_law_on_hours_has_no_cure() -> None:
    empty, said, _ = the_empty_slot(chloe(), rules=(rule("daily_maximum", minutes=3 * HOUR),))

    assert [b.rule for b in empty.obstacles[0].breaches] == ["daily_maximum"]
    assert (empty.relaxations, said) == ((), "")


def reason(*workers: Worker, fixed: bool = False, **more: object) -> tuple[str, str, str]:
    held = Assignment("chloé", EMPTY.need_id)
    instance = question(
        EMPTY,
        workers=workers,
        rules=(rule("skill"), rule("availability"), rule("no_overlap"), *COSTS),
        fixed=frozenset({held} if fixed else ()),
        **more,
    )
    (found,) = explain(instance, Plan(frozenset({held}))).reasons
    return found.code, found.text(instance, "en"), found.text(instance, "fr")


KNOWN = History(known_firm_ids=frozenset({"bob"}))
REASONS = [
    ((chloe(), alice()), True, "fixed", "Chloé: the assignment is fixed"),
    (
        (chloe(), alice(skills={})),
        False,
        "only_able",
        "Chloé is the only one whom skills, agreements and absences allow there",
    ),
    (
        (chloe(), alice(outside=((DAY + 9 * HOUR, DAY + 10 * HOUR),))),
        False,
        "only_free",
        "Chloé is the only one free then; others who could do it at another time: 1",
    ),
    (
        (chloe(history=KNOWN), alice()),
        False,
        "cheapest",
        "Chloé costs least: Alice would cost 60 points more (rule “new faces”)",
    ),
    ((chloe(), alice()), False, "equal", "Chloé or Alice: it is the same"),
    (
        (chloe(), alice(history=KNOWN)),
        False,
        "elsewhere",
        "Chloé is there because of the rest of the plan: alone, Alice would cost 60 points less",
    ),
]


@pytest.mark.parametrize(("workers", "fixed", "code", "english"), REASONS)
def test_why_this_worker(workers: tuple[Worker, ...], fixed: bool, code: str, english: str) -> None:
    found, said, dit = reason(*workers, fixed=fixed)

    assert (found, said) == (code, english)
    assert "Chloé" in dit
    assert dit != said


def test_explain_says_what_each_term_costs() -> None:
    instance = question(
        EMPTY, workers=(chloe(contract=Contract(35 * HOUR)),), rules=(rule("skill"), *COSTS)
    )

    terms = explain(instance, Plan(frozenset())).evaluation.terms

    assert [(term.rule, term.amount, term.unit, term.points) for term in terms] == [
        ("uncovered", 1, "people", 1000)
    ]


def test_explain_keeps_to_the_slots_asked_for_and_tells_how_far_it_is() -> None:
    instance = question(EMPTY, GARAGE, workers=(chloe(),), rules=COSTS)
    steps: list[tuple[int, int]] = []

    found = explain(
        instance,
        Plan(frozenset()),
        need_ids=[GARAGE.need_id],
        on_progress=lambda done, all_: steps.append((done, all_)),
    )

    assert [empty.need_id for empty in found.empty] == [GARAGE.need_id]
    assert steps == [(0, 1)]


def test_explain_refuses_a_slot_that_is_not_there() -> None:
    instance = question(EMPTY, workers=(chloe(),), rules=COSTS)

    with pytest.raises(RosterError) as refusal:
        explain(instance, Plan(frozenset()), need_ids=["nothing"])

    assert refusal.value.text("en") == "plan, need_id: “nothing” does not exist"
