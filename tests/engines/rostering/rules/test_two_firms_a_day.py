"""Two firms in a day: each firm of a day beyond the first costs."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    AFTERNOON,
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("two_firms_a_day", "one firm", (), (MORNING, AFTERNOON)),
    Story("two_firms_a_day", "two firms", (1,), (MORNING, slot(0, 13, 17, "farid"))),
    Story("two_firms_a_day", "two days", (), (MORNING, slot(1, 13, 17, "farid"))),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_two_firms_a_day_finds_what_its_story_says(story: Story) -> None:
    tell(story)
