"""Uncovered: each person missing from a slot costs, in proportion to its importance."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("uncovered", "covered", (), (MORNING,)),
    Story("uncovered", "two of three are missing", (2,), (slot(0, 8, 12, count=3),)),
    Story("uncovered", "nobody is asked for", (), (slot(0, 8, 12, count=0),), left=("bob 0 8-12",)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_uncovered_finds_what_its_story_says(story: Story) -> None:
    tell(story)
