"""Night: work in the night period needs an agreement, and the worker’s document."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    NIGHT,
    Story,
    tell,
)

STORIES = (
    Story("night_work", "until nine", (), (slot(0, 18, 21),), limits=NIGHT),
    Story("night_work", "past nine", (1,), (slot(0, 18, 21.5),), limits=NIGHT),
    Story("night_work", "before six", (1,), (slot(0, 5, 9),), limits=NIGHT),
    Story("night_work", "over midnight", (1,), (slot(0, 22, 30),), limits=NIGHT),
    Story("night_work", "in the day", (), (MORNING,), limits=NIGHT),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_night_work_finds_what_its_story_says(story: Story) -> None:
    tell(story)
