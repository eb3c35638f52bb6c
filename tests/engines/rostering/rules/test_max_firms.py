"""Firms per worker: work is secured, not fragmented; no more than `most` firms."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("max_firms", "two firms", (), (MORNING, slot(1, 8, 12, "farid")), limits={"most": 2}),
    Story(
        "max_firms",
        "three firms",
        (1,),
        (MORNING, slot(1, 8, 12, "farid"), slot(2, 8, 12, "denis")),
        limits={"most": 2},
    ),
    Story("max_firms", "no firm", (), (), limits={"most": 0}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_max_firms_finds_what_its_story_says(story: Story) -> None:
    tell(story)
