"""Split day: part-time work comes in two pieces at most, close to each other."""

import pytest

from tests.engines.rostering.cast import HOUR, slot
from tests.engines.rostering.stories import MORNING, PART_TIME, Story, tell

LIMITS = {"most": 1, "longest": 120, "pause": 20, "full_time": 35 * HOUR}
THREE = (slot(0, 6, 8), slot(0, 9, 11), slot(0, 12, 14))
SHORT = (slot(0, 6, 8), slot(0, 8 + 1 / 3, 10), slot(0, 10 + 1 / 3, 12))
LATER = slot(0, 14 + 1 / 60, 17)
AWAY = slot(0, 14 + 2 / 3, 17, "farid")

STORIES = (
    Story("split_day", "two hours between", (), (MORNING, slot(0, 14, 17)), PART_TIME, LIMITS),
    Story("split_day", "a minute more", (1,), (MORNING, LATER), PART_TIME, LIMITS),
    Story("split_day", "three pieces", (1,), THREE, PART_TIME, LIMITS),
    Story("split_day", "two pauses of twenty minutes", (), SHORT, PART_TIME, LIMITS),
    Story("split_day", "the journey is work", (), (MORNING, AWAY), PART_TIME, LIMITS),
    Story("split_day", "full time", (), THREE, limits=LIMITS),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_split_day_finds_what_its_story_says(story: Story) -> None:
    tell(story)
