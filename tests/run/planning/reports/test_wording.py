import pytest
from django.utils import translation

from maillage.run.planning.board import Search
from maillage.run.planning.reports.wording import verdict, where_and_when
from tests.run.planning.rosters import the_roster


@pytest.mark.parametrize(
    ("search", "english"),
    [
        (None, ""),
        (
            Search("OPTIMAL", 1120.0, 0.0, 1.0, 1, stopped_early=False),
            "Proved: no plan costs less under these rules.",
        ),
        (
            Search("FEASIBLE", None, None, 1.0, 1, stopped_early=False),
            "How much better a plan could be was not proved.",
        ),
    ],
)
def test_the_verdict_says_no_more_than_was_proved(search: Search | None, english: str) -> None:
    with translation.override("en"):
        assert verdict(the_roster(search)) == english


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Mon 2 Mar 08:00–12:00 at Bob’s bakery"),
        ("fr", "lun. 2 mars 08:00–12:00 chez Bob’s bakery"),
    ],
)
def test_a_slot_is_told_with_its_day_its_hours_and_its_firm(language: str, said: str) -> None:
    with translation.override(language):
        roster = the_roster()
        assert where_and_when(roster.start, roster.slots[0]) == said
