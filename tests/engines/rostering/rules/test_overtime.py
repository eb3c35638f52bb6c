"""Overtime: what a week has beyond the legal one."""

from datetime import date

import pytest

from maillage.engines.rostering import Horizon
from tests.engines.rostering.cast import HOUR
from tests.engines.rostering.stories import ALL_WEEK, WEEK_OF_40, Story, days, past, tell

STORIES = (
    Story("overtime", "40 hours", (300,), WEEK_OF_40, limits={"minutes": 35 * HOUR}),
    Story("overtime", "20 hours", (), ALL_WEEK, limits={"minutes": 35 * HOUR}),
    Story(
        "overtime",
        "from Wednesday, after 20 hours",
        (60,),
        days(0, 1, 2, 3),
        past(this_week=20 * HOUR),
        {"minutes": 35 * HOUR},
        more={"horizon": Horizon(date(2026, 3, 4), 14)},
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_overtime_finds_what_its_story_says(story: Story) -> None:
    tell(story)
