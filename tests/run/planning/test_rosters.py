from datetime import date

from django.utils import translation

from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.repairing import Absence
from maillage.run.planning.bridge.rosters import (
    account_of,
    find_plan,
    mend,
    mending_of,
    roster_of,
    search_of,
)
from tests.run.planning.rosters import (
    AT,
    EMPTY,
    MONDAY,
    TUESDAY,
    the_plan,
    the_question,
    the_roster,
)


def test_a_roster_counts_what_is_covered_and_prices_the_rest() -> None:
    with translation.override("en"):
        roster = the_roster()

    assert (roster.asked, roster.covered, roster.points) == (3, 2, 1120.0)
    assert [slot.need_id for slot in roster.empty] == [EMPTY.need_id]
    assert [(cost.name, cost.amount, cost.unit, cost.points) for cost in roster.costs] == [
        ("people missing", 1, "people", 1000.0),
        ("new faces", 2, "faces", 120.0),
    ]
    assert [slot.need_id for slot in roster.slots_by_worker["chloé"]] == [
        MONDAY.need_id,
        TUESDAY.need_id,
    ]
    assert roster.slots_by_worker["alice"] == ()
    assert roster.date_of(2) == date(2026, 3, 4)


def test_a_roster_names_each_breach_with_its_article() -> None:
    with translation.override("fr"):
        remarks = the_roster(most=3).remarks

    assert [(r.rule, r.forbidden) for r in remarks[:2]] == [("daily_maximum", True)] * 2
    assert remarks[0].text == ("Chloé travaillerait 4\u00a0h lundi 2\u00a0mars, 3\u00a0h au plus")
    assert ("Chloé serait un nouveau visage chez Bob’s bakery, Farid’s orchard (charte)") in [
        r.text for r in remarks
    ]


def test_a_mending_says_who_takes_what_and_what_is_known_of_them() -> None:
    instance, plan = the_question(), the_plan()

    with translation.override("en"):
        answer = mend(instance, plan, Absence("chloé", 0, DAY), most_touched=3, most_options=5)
        mending = mending_of(answer, plan, file="week.json", created_at=AT)

    best, undone = mending.choices
    assert [(s.worker, s.slot.need_id, s.left_by) for s in best.steps] == [
        ("Alice <b>", MONDAY.need_id, "")
    ]
    assert (best.number, best.told, best.points) == (1, ("Alice <b>",), 60.0)
    assert [slot.need_id for slot in undone.left] == [MONDAY.need_id]


def test_an_account_says_what_hinders_and_what_would_help() -> None:
    instance, plan = the_question(), the_plan()

    with translation.override("en"):
        account = account_of(instance, plan, the_roster(), need_ids=None, assignments=True)

    (empty,) = account.empty
    when = "Wednesday 4\u00a0March, 8:00 to 12:00"
    assert [h.texts for h in empty.hindrances] == [
        (f"{name} does not have the skill asked for: {when}, at Denis’s garage",)
        for name in ("Chloé", "Alice <b>")
    ]
    assert [h.kind for h in empty.helps] == ["skill", "skill"]
    assert {why.slot.need_id: why.code for why in account.whys} == {
        MONDAY.need_id: "equal",
        TUESDAY.need_id: "equal",
    }


def test_a_plan_found_says_how_it_was_found() -> None:
    steps: list[tuple[str, float]] = []

    result = find_plan(
        the_question(),
        stop=MaxIterations(2),
        seed=1,
        executor=None,
        at_once=1,
        on_step=lambda _seconds, phase, cost, _bound: steps.append((phase, cost)),
    )

    with translation.override("en"):
        roster = roster_of(
            the_question(),
            result.plan,
            file="week.json",
            created_at=AT,
            search=search_of(result, stopped_early=False),
        )
    assert roster.covered == 2
    assert not roster.forbidden
    assert steps[-1][1] == roster.points
    assert roster.search is not None
    assert roster.search.seed == 1
