"""Night habit: long nights twice in a week make a night worker."""

import pytest

from maillage.engines.rostering import Need
from tests.engines.rostering.cast import HOUR, slot
from tests.engines.rostering.stories import NIGHT, Story, tell

LIMITS = {**NIGHT, "minutes": 3 * HOUR, "most": 1}


def later(day: int) -> Need:
    return slot(day, 20, 24)


EVENING = later(0)
SHORTER = slot(2, 20, 24 - 1 / 60)

STORIES = (
    Story("night_habit", "one night a week", (), (EVENING, later(7)), limits=LIMITS),
    Story("night_habit", "two nights in a week", (1,), (EVENING, later(2)), limits=LIMITS),
    Story("night_habit", "a minute less than three hours", (), (EVENING, SHORTER), limits=LIMITS),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_night_habit_finds_what_its_story_says(story: Story) -> None:
    tell(story)
