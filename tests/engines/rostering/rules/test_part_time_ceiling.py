"""Part-time ceiling: extra hours are limited, and full time is never reached."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    CEILING,
    PART_TIME,
    WEEK_OF_40,
    Story,
    days,
    tell,
)

STORIES = (
    Story(
        "part_time_ceiling",
        "24 hours and a tenth",
        (),
        (*days(0, 1, 2, 3, 4, 5), slot(0, 13, 15.4)),
        PART_TIME,
        CEILING,
    ),
    Story(
        "part_time_ceiling", "28 hours of 24", (96,), days(0, 1, 2, 3, 4, 5, 6), PART_TIME, CEILING
    ),
    Story("part_time_ceiling", "full time is no part time", (), WEEK_OF_40, limits=CEILING),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_part_time_ceiling_finds_what_its_story_says(story: Story) -> None:
    tell(story)
