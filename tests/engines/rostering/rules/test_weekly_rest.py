"""Weekly rest: in each civil week a time without work of 24 h, and daily rest joined to it."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    ALL_WEEK,
    EARLY_MONDAY,
    LATE_SATURDAY,
    REST,
    Story,
    days,
    tell,
)

STORIES = (
    Story(
        "weekly_rest",
        "a free Sunday, from 21 to 8",
        (),
        (slot(5, 18, 21), EARLY_MONDAY, *ALL_WEEK),
        limits=REST,
    ),
    Story(
        "weekly_rest",
        "a free Sunday is not enough: 34 hours",
        (60,),
        (LATE_SATURDAY, EARLY_MONDAY, *ALL_WEEK),
        limits=REST,
    ),
    Story("weekly_rest", "seven days", (900,), days(0, 1, 2, 3, 4, 5, 6, 7), limits=REST),
    Story("weekly_rest", "nothing to rest from", (), (), limits=REST),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_weekly_rest_finds_what_its_story_says(story: Story) -> None:
    tell(story)
