"""Few firms per worker: each firm beyond `free` costs."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    days,
    tell,
)

STORIES = (
    Story("few_firms", "as many as wished", (), (MORNING,), limits={"free": 1}),
    Story("few_firms", "one more", (1,), (MORNING, slot(1, 8, 12, "farid")), limits={"free": 1}),
    Story("few_firms", "Bob twice is one firm", (), days(0, 1), limits={"free": 1}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_few_firms_finds_what_its_story_says(story: Story) -> None:
    tell(story)
