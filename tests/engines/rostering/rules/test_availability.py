"""Availability: nobody works while away, or outside the hours they offer."""

import pytest

from tests.engines.rostering.cast import chloe
from tests.engines.rostering.stories import (
    AFTERNOON,
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("availability", "she is there", (), (MORNING,), chloe(absences=((720, 780),))),
    Story("availability", "she is away from 11", (1,), (MORNING,), chloe(absences=((660, 720),))),
    Story(
        "availability",
        "she offers mornings",
        (1,),
        (MORNING, AFTERNOON),
        chloe(availability=((480, 720),)),
    ),
    Story("availability", "she said nothing", (), (MORNING, AFTERNOON)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_availability_finds_what_its_story_says(story: Story) -> None:
    tell(story)
