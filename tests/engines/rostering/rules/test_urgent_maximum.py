"""Urgent maximum: so many urgent calls per worker, the past ones included."""

import pytest

from tests.engines.rostering.stories import (
    CALL,
    Story,
    days,
    past,
    tell,
)

STORIES = (
    Story("urgent_maximum", "the third call", (), (CALL,), past(urgent_calls=2), {"most": 3}),
    Story("urgent_maximum", "the fourth call", (1,), (CALL,), past(urgent_calls=3), {"most": 3}),
    Story("urgent_maximum", "no call", (), days(0), past(urgent_calls=3), {"most": 3}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_urgent_maximum_finds_what_its_story_says(story: Story) -> None:
    tell(story)
