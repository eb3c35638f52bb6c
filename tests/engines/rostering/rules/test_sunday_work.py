"""Sunday: weekly rest falls on Sunday, unless the sector or a document says otherwise."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    Story,
    days,
    tell,
)

STORIES = (
    Story("sunday_work", "Saturday", (), days(5)),
    Story("sunday_work", "Sunday", (1,), days(6)),
    Story("sunday_work", "Saturday night", (1,), (slot(5, 22, 26),)),
    Story("sunday_work", "no slot", (), ()),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_sunday_work_finds_what_its_story_says(story: Story) -> None:
    tell(story)
