"""Break: nobody works longer than `longest` minutes in a day without a pause of `pause`."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    AFTERNOON,
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story(
        "break_time",
        "an hour at noon",
        (),
        (MORNING, AFTERNOON),
        limits={"longest": 360, "pause": 20},
    ),
    Story(
        "break_time",
        "eight hours on end",
        (120,),
        (MORNING, slot(0, 12, 16)),
        limits={"longest": 360, "pause": 20},
    ),
    Story(
        "break_time",
        "the road is no pause",
        (160,),
        (MORNING, slot(0, 12.75, 16.75, "farid")),
        limits={"longest": 360, "pause": 20},
    ),
    Story(
        "break_time",
        "the firm gives a break",
        (),
        (slot(0, 8, 16.5, break_minutes=30),),
        limits={"longest": 360, "pause": 20},
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_break_time_finds_what_its_story_says(story: Story) -> None:
    tell(story)
