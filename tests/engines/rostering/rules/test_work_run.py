"""Work comes in runs: at least `days` worked in a row."""

import pytest

from tests.engines.rostering.stories import (
    Story,
    days,
    past,
    tell,
)

STORIES = (
    Story("work_run", "two days", (), days(3, 4), limits={"days": 2}),
    Story("work_run", "a day alone", (1,), days(3), limits={"days": 2}),
    Story("work_run", "the edges are exempt", (), days(0, 13), limits={"days": 2}),
    Story(
        "work_run", "the day before was free", (1,), days(0), past(days_off_in_row=1), {"days": 2}
    ),
    Story("work_run", "yesterday began a run", (1,), (), past(days_in_row=1), {"days": 2}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_work_run_finds_what_its_story_says(story: Story) -> None:
    tell(story)
