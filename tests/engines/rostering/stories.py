"""How the stories of rules are told: at least one where it allows, and one where it forbids.

Every story is told to the check, which speaks to people, and to the model, which the search
sees: they must agree.
"""

from dataclasses import dataclass, field

from maillage.engines.rostering import (
    Assignment,
    Contract,
    History,
    Need,
    Plan,
    Worker,
    check,
)
from tests.engines.rostering.cast import HOUR, chloe, everywhere, question, rule, slot, weighed

MORNING, AFTERNOON = slot(0, 8, 12), slot(0, 13, 17)


@dataclass(frozen=True)
class Story:
    """Chloé is in all `slots` (but those `left` out): the rule finds these amounts."""

    rule: str
    title: str
    amounts: tuple[int, ...]
    slots: tuple[Need, ...]
    worker: Worker = field(default_factory=chloe)
    limits: dict[str, int | str] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    more: dict[str, object] = field(default_factory=dict)


def days(*numbers: int, start: float = 8, end: float = 12) -> tuple[Need, ...]:
    return tuple(slot(number, start, end) for number in numbers)


def past(**values: object) -> Worker:
    return chloe(history=History(**values))  # type: ignore[arg-type]


def told(*needs: Need) -> frozenset[Assignment]:
    return frozenset(Assignment("chloé", need.need_id) for need in needs)


PART_TIME = chloe(contract=Contract(24 * HOUR))
NIGHT = {"from": 21 * HOUR, "to": 6 * HOUR}
REST = {"minutes": 35 * HOUR, "within": 24 * HOUR}
CEILING = {"extra_percent": 10, "full_time": 35 * HOUR}
WEEK_OF_40 = (*days(0, 1, 2, 3, 4), *days(0, 1, 2, 3, 4, start=13, end=17))
TIRING = slot(1, 8, 12, unpleasant=True)
CALL = slot(2, 8, 12, urgent=True)
LATE_SATURDAY, EARLY_MONDAY = slot(5, 18, 22), slot(7, 8, 12)
ALL_WEEK = days(0, 1, 2, 3, 4)


def scene(story: Story) -> tuple[object, Plan]:
    instance = question(
        *story.slots,
        workers=(story.worker,),
        rules=(rule(story.rule, **story.limits),),
        **story.more,  # type: ignore[arg-type]
    )
    plan = everywhere(instance)
    kept = frozenset(a for a in plan.assignments if a.need_id not in story.left)
    return instance, Plan(kept)


def tell(story: Story) -> None:
    """Hold the check, the model and both languages to the story."""
    instance, plan = scene(story)

    breaches = check(instance, plan)

    assert tuple(breach.amount for breach in breaches) == story.amounts
    assert {breach.rule for breach in breaches} <= {story.rule}
    assert weighed(instance, plan) == (sum(story.amounts), 0)
    for breach in breaches:
        english, french = breach.text("en"), breach.text("fr")
        assert "{" not in english + french
        assert english != french
