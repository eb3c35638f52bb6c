"""Night hours: so many in twelve months make a night worker."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import NIGHT, Story, days, past, tell

NIGHT_SHIFT = slot(0, 20, 30)  # an hour of evening, nine of night
EARLY = slot(1, 5 - 1 / 60, 9)
MOST_OF_480 = {**NIGHT, "most": 480}
MOST_OF_540 = {**NIGHT, "most": 540}

STORIES = (
    Story("night_hours", "six hours at night", (60,), (NIGHT_SHIFT,), limits=MOST_OF_480),
    Story("night_hours", "as much as allowed", (), (NIGHT_SHIFT,), limits=MOST_OF_540),
    Story("night_hours", "with those before", (1,), (EARLY,), past(night_minutes=480), MOST_OF_540),
    Story("night_hours", "by day", (), days(0, 1), past(night_minutes=540), MOST_OF_540),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_night_hours_finds_what_its_story_says(story: Story) -> None:
    tell(story)
