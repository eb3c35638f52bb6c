"""Judging the days around a change must find what judging the whole line finds."""

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import example, given, settings
from hypothesis import strategies as st

from maillage.engines.rostering import Assignment, Contract, Instance, Plan, Setting, Severity
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.french_law import FRANCE
from maillage.engines.rostering.repairing import Desk, reach
from maillage.engines.rostering.repairing.desk import in_order
from tests.engines.rostering.cast import HOUR, chloe, question, slot

PATTERNS = ((), ((8, 12),), ((8, 12), (13, 17)), ((14, 22),), ((6, 10), (18, 22)), ((7, 17),))
PRICED = tuple(
    Setting(rule=s.rule, severity=Severity.WARN, parameters=s.parameters, cost=7)
    for s in FRANCE
    if s.rule not in {"uncovered", "surplus", "notice", "stability", "overtime_quota"}
)
DAYS = 21


@contextmanager
def whole_lines() -> Iterator[None]:
    """Judge every rule on the whole line."""
    known = dict(reach.REACH)
    reach.REACH.clear()
    try:
        yield
    finally:
        reach.REACH.update(known)


def scene(
    days: list[int], rules: tuple[Setting, ...], outside: tuple[tuple[int, int], ...]
) -> tuple[Instance, Plan]:
    needs = [
        slot(day, start, end, ("bob", "farid", "denis")[day % 3])
        for day, pattern in enumerate(days)
        for start, end in PATTERNS[pattern]
    ]
    worker = chloe(contract=Contract(20 * HOUR), outside=outside)
    instance = question(*needs, workers=(worker,), rules=rules, days=DAYS)
    return instance, Plan(frozenset(Assignment("chloé", need.need_id) for need in needs))


def judged(desk: Desk, day: int, added: int) -> tuple[object, object]:
    """What two changes on a day forbid and cost: losing its slots, and one more slot."""
    worker, line = desk.instance.workers[0], desk.needs_of["chloé"]
    more = slot(day, *((8, 12), (12, 13), (17, 22))[added], "denis", need_id="more")
    before = tuple(need for need in line if need.day != day)
    after = in_order((*line, more))
    return (
        {(b.rule, b.amount) for b in desk.forbidden(worker, line, after)},
        {(c.rule, c.amount) for c in desk.charges(worker, before, after)},
    )


FULL_BUT_SUNDAYS = [2, 2, 2, 2, 2, 1, 0] * 3
LATE_SATURDAYS = [1, 1, 1, 1, 1, 3, 0] * 3


@settings(max_examples=80, deadline=None)
@given(
    days=st.lists(st.integers(0, len(PATTERNS) - 1), min_size=DAYS, max_size=DAYS),
    day=st.integers(0, DAYS - 1),
    added=st.integers(0, 2),
    priced=st.booleans(),
    elsewhere=st.booleans(),
)
@example(days=FULL_BUT_SUNDAYS, day=9, added=2, priced=True, elsewhere=False)
@example(days=FULL_BUT_SUNDAYS, day=13, added=0, priced=True, elsewhere=False)
@example(days=FULL_BUT_SUNDAYS, day=13, added=0, priced=False, elsewhere=False)
@example(days=LATE_SATURDAYS, day=13, added=2, priced=False, elsewhere=False)
@example(days=[0] * DAYS, day=11, added=0, priced=False, elsewhere=True)
def test_the_days_around_a_change_are_enough(
    days: list[int], day: int, added: int, *, priced: bool, elsewhere: bool
) -> None:
    long_job = ((8 * DAY, 12 * DAY),) if elsewhere else ()
    instance, plan = scene(days, PRICED if priced else FRANCE, long_job)

    near = judged(Desk(instance, plan), day, added)

    with whole_lines():
        assert near == judged(Desk(instance, plan), day, added)
