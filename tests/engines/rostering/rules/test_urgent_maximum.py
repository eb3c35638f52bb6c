"""Urgent maximum: so many urgent calls per worker, the past ones included."""

import pytest

from maillage.engines.rostering import Assignment, Horizon, Plan, RosterError, check
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.repairing import Call, repair
from maillage.engines.rostering.settings import RulePack
from tests.engines.rostering.cast import MONDAY, chloe, everywhere, question, rule, slot
from tests.engines.rostering.stories import (
    CALL,
    Story,
    days,
    past,
    tell,
)

BY_MONTH: dict[str, int | str] = {"most": 3, "window": "month"}
BUSY_MONTH = past(urgent_this_month=3, urgent_calls=3)
LONG = {"horizon": Horizon(MONDAY, 35)}
APRIL = slot(30, 8, 12, urgent=True)  # 1 April
CALLS = tuple(slot(day, 8, 12, urgent=True) for day in (0, 1, 2, 29))

STORIES = (
    Story("urgent_maximum", "the third call", (), (CALL,), past(urgent_calls=2), {"most": 3}),
    Story("urgent_maximum", "the fourth call", (1,), (CALL,), past(urgent_calls=3), {"most": 3}),
    Story("urgent_maximum", "the month’s fourth", (1,), (CALL,), BUSY_MONTH, BY_MONTH),
    Story("urgent_maximum", "the next month", (), (APRIL,), BUSY_MONTH, BY_MONTH, more=LONG),
    Story(
        "urgent_maximum",
        "each month by itself",
        (1,),
        (*CALLS, APRIL),
        chloe(),
        BY_MONTH,
        more=LONG,
    ),
    Story("urgent_maximum", "no call", (), days(0), past(urgent_calls=3), {"most": 3}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_urgent_maximum_finds_what_its_story_says(story: Story) -> None:
    tell(story)


def test_fourth_emergency_of_the_month_goes_to_somebody_else() -> None:
    """Lesson L55: with a cap of three, the planner proposes another worker."""
    workers = (chloe(), chloe(worker_id="alice", name="Alice"))
    instance = question(
        *CALLS[:3], workers=workers, rules=(rule("urgent_maximum", **BY_MONTH),), **LONG
    )
    plan = Plan(frozenset(Assignment("chloé", need.need_id) for need in CALLS[:3]))

    march = repair(instance, plan, Call(CALLS[3]), most_touched=0)
    april = repair(instance, plan, Call(APRIL), most_touched=0)

    assert [t.worker_id for option in march.options for t in option.takings] == ["alice"]
    assert {t.worker_id for option in april.options for t in option.takings} == {"alice", "chloé"}


def test_month_named_in_the_sentence() -> None:
    instance = question(
        *CALLS, workers=(chloe(),), rules=(rule("urgent_maximum", **BY_MONTH),), **LONG
    )

    [breach] = check(instance, everywhere(instance))

    assert breach.text() == "Chloé would have had 4 urgent calls in March 2026, 3 at most"
    assert breach.text("fr") == "Chloé en serait à 4 appels urgents en mars 2026, 3 au plus"


def test_unknown_window_is_named() -> None:
    with pytest.raises(RosterError) as refused:
        check_pack(RulePack((rule("urgent_maximum", most=3, window="year"),)))

    assert refused.value.field == "parameters.window"
