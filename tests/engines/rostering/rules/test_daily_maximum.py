"""Daily maximum of work, travel between sites included."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story(
        "daily_maximum",
        "eight hours and 40 minutes of road",
        (),
        (MORNING, slot(0, 13, 17, "farid")),
        limits={"minutes": 520},
    ),
    Story(
        "daily_maximum",
        "the road is work",
        (1,),
        (MORNING, slot(0, 13, 17, "farid")),
        limits={"minutes": 519},
    ),
    Story(
        "daily_maximum",
        "a break is not",
        (),
        (slot(0, 8, 17, break_minutes=60),),
        limits={"minutes": 480},
    ),
    Story("daily_maximum", "a free day", (), (), limits={"minutes": 0}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_daily_maximum_finds_what_its_story_says(story: Story) -> None:
    tell(story)
