"""Daily rest: between two days of work, so many minutes without any."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    Story,
    tell,
)

STORIES = (
    Story("daily_rest", "11 hours", (), (slot(0, 18, 21), slot(1, 8, 12)), limits={"minutes": 660}),
    Story(
        "daily_rest",
        "10 hours and a half",
        (30,),
        (slot(0, 18, 21.5), slot(1, 8, 12)),
        limits={"minutes": 660},
    ),
    Story(
        "daily_rest",
        "a long lunch is not a night",
        (),
        (slot(0, 6, 8), slot(0, 17, 19)),
        limits={"minutes": 660},
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_daily_rest_finds_what_its_story_says(story: Story) -> None:
    tell(story)
