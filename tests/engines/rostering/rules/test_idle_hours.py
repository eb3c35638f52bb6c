"""Idle hours: contract hours of a whole week that no slot fills."""

import pytest

from maillage.engines.rostering import Contract
from maillage.engines.rostering.entities import DAY
from tests.engines.rostering.cast import HOUR, chloe
from tests.engines.rostering.stories import (
    ALL_WEEK,
    WEEK_OF_40,
    Story,
    days,
    tell,
)

STORIES = (
    Story(
        "idle_hours",
        "two full weeks",
        (),
        (*WEEK_OF_40, *days(*range(7, 14), end=13)),
        chloe(contract=Contract(35 * HOUR)),
    ),
    Story("idle_hours", "a week of 20 hours, then none", (900, 2100), ALL_WEEK),
    Story(
        "idle_hours",
        "a week away promises nothing",
        (900,),
        ALL_WEEK,
        chloe(absences=((7 * DAY, 14 * DAY),)),
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_idle_hours_finds_what_its_story_says(story: Story) -> None:
    tell(story)
