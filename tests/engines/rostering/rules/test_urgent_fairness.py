"""Urgent calls are shared fairly."""

import pytest

from tests.engines.rostering.stories import (
    CALL,
    MORNING,
    Story,
    past,
    tell,
)

STORIES = (
    Story("urgent_fairness", "no call", (), (MORNING,), past(urgent_calls=5)),
    Story("urgent_fairness", "her third call counts three", (3,), (CALL,), past(urgent_calls=2)),
    Story("urgent_fairness", "her first counts one", (1,), (CALL,)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_urgent_fairness_finds_what_its_story_says(story: Story) -> None:
    tell(story)
