"""A week of the cast as reports see it: Chloé at Bob’s and Farid’s, and a slot nobody is in."""

from datetime import UTC, datetime

from maillage.engines.rostering import Assignment, Instance, Plan, Setting, Severity
from maillage.run.planning.board import Roster, Search
from maillage.run.planning.bridge.rosters import roster_of
from tests.engines.rostering.cast import HOUR, chloe, question, rule, slot

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MONDAY = slot(0, 8, 12, importance=1000)
TUESDAY = slot(1, 8, 12, "farid", importance=1000)
EMPTY = slot(2, 8, 12, "denis", skill="welding", importance=1000)


def the_question(most: int = 10) -> Instance:
    """Bake at Bob’s on Monday and at Farid’s on Tuesday, weld at Denis’s on Wednesday."""
    return question(
        MONDAY,
        TUESDAY,
        EMPTY,
        workers=(chloe(), chloe(worker_id="alice", name="Alice <b>")),
        rules=(
            rule("skill"),
            rule("daily_maximum", minutes=most * HOUR),
            Setting(rule="uncovered", severity=Severity.WARN, cost=1),
            Setting(rule="new_faces", severity=Severity.WARN, cost=60, article="charter"),
            Setting(rule="part_time_minimum", severity=Severity.INFO, parameters={"minutes": 2400}),
        ),
    )


def the_plan() -> Plan:
    """Chloé in both slots that she can fill."""
    return Plan(frozenset(Assignment("chloé", need.need_id) for need in (MONDAY, TUESDAY)))


def the_roster(search: Search | None = None, most: int = 10) -> Roster:
    """That plan against that question, in the language in use."""
    return roster_of(the_question(most), the_plan(), file="week.json", created_at=AT, search=search)
