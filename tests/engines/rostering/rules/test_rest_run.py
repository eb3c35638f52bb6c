"""Rest comes in runs: at least `days` free in a row."""

import pytest

from tests.engines.rostering.stories import (
    Story,
    days,
    tell,
)

STORIES = (
    Story("rest_run", "two free days", (), days(3, 6), limits={"days": 2}),
    Story("rest_run", "a free day alone", (1,), days(3, 5), limits={"days": 2}),
    Story("rest_run", "the edges are exempt", (), days(*range(1, 13)), limits={"days": 2}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_rest_run_finds_what_its_story_says(story: Story) -> None:
    tell(story)
