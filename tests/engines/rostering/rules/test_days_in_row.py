"""Days in a row: no more than `days` worked without a free one."""

import pytest

from tests.engines.rostering.stories import (
    Story,
    days,
    past,
    tell,
)

STORIES = (
    Story("days_in_row", "six days", (), days(0, 1, 2, 3, 4, 5), limits={"days": 6}),
    Story("days_in_row", "seven days", (1,), days(0, 1, 2, 3, 4, 5, 6), limits={"days": 6}),
    Story(
        "days_in_row",
        "four days follow three",
        (1,),
        days(0, 1, 2, 3),
        past(days_in_row=3),
        {"days": 6},
    ),
    Story("days_in_row", "what was before is past", (), days(1), past(days_in_row=9), {"days": 6}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_days_in_row_finds_what_its_story_says(story: Story) -> None:
    tell(story)
