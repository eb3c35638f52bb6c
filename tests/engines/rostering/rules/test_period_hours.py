"""Hours of the period: between `least` and `most` minutes over the whole horizon."""

import pytest

from tests.engines.rostering.stories import (
    Story,
    days,
    tell,
)

STORIES = (
    Story("period_hours", "between the limits", (), days(0, 1), limits={"least": 480, "most": 480}),
    Story("period_hours", "too few", (1,), days(0, 1), limits={"least": 481}),
    Story("period_hours", "too many", (1,), days(0, 1), limits={"most": 479}),
    Story("period_hours", "no limit", (), days(0, 1)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_period_hours_finds_what_its_story_says(story: Story) -> None:
    tell(story)
