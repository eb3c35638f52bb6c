"""Surplus: nobody beyond what a slot asks for, or at its price when it has one."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("surplus", "as many as asked for", (), (MORNING,)),
    Story("surplus", "one too many", (1,), (slot(0, 8, 12, count=0),)),
    Story("surplus", "nobody there", (), (MORNING,), left=(MORNING.need_id,)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_surplus_finds_what_its_story_says(story: Story) -> None:
    tell(story)
