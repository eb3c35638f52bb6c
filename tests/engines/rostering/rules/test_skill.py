"""Skill: a slot is for somebody who has its skill, at its level or above."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("skill", "Chloé bakes", (), (MORNING,)),
    Story("skill", "nobody taught her to weld", (1,), (slot(0, 8, 12, skill="welding"),)),
    Story("skill", "just her level", (), (slot(0, 8, 12, level=1),)),
    Story("skill", "her level is too low", (1,), (slot(0, 8, 12, level=2),)),
    Story("skill", "no slot, no question", (), ()),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_skill_finds_what_its_story_says(story: Story) -> None:
    tell(story)
