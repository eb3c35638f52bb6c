from django.utils import translation

from maillage.run.planning.reports.strip import patterns_of, week_strip
from tests.run.planning.rosters import the_roster


def test_a_strip_stacks_the_hours_of_each_firm_and_says_them() -> None:
    with translation.override("en"):
        roster = the_roster()
        chloe = roster.people[0]
        drawn = week_strip(roster, chloe, roster.slots_by_worker["chloé"], patterns_of(roster))

    assert drawn.count("<rect") == 2
    assert (
        'aria-label="Hours of Chloé week by week: from 0\u00a0h to 8\u00a0h, the contract is '
        '35\u00a0h."'
    ) in drawn


def test_firms_with_most_slots_take_the_first_patterns() -> None:
    assert patterns_of(the_roster()) == {"bob": 1, "denis": 2, "farid": 3, "emma": 4}
