"""Travel: there is time to go from one site to the next."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("travel", "an hour for 40 minutes", (), (MORNING, slot(0, 13, 17, "farid"))),
    Story("travel", "half an hour for 40 minutes", (10,), (MORNING, slot(0, 12.5, 16, "farid"))),
    Story("travel", "the same town", (), (MORNING, slot(0, 12, 16, "emma"))),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_travel_finds_what_its_story_says(story: Story) -> None:
    tell(story)
