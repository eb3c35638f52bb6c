"""Weekends: no more than `most` of which Saturday or Sunday is worked."""

import pytest

from tests.engines.rostering.stories import (
    ALL_WEEK,
    Story,
    days,
    tell,
)

STORIES = (
    Story("weekends", "one weekend, both days", (), days(5, 6), limits={"most": 1}),
    Story("weekends", "a Saturday and a Sunday", (1,), days(5, 13), limits={"most": 1}),
    Story("weekends", "in the week", (), ALL_WEEK, limits={"most": 0}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_weekends_finds_what_its_story_says(story: Story) -> None:
    tell(story)
