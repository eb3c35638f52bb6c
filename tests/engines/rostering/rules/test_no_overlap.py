"""No overlap: nobody is in two slots at once."""

import pytest

from tests.engines.rostering.cast import chloe, slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story(
        "no_overlap", "one slot ends as the next begins", (), (MORNING, slot(0, 12, 16, "farid"))
    ),
    Story("no_overlap", "an hour twice", (60,), (MORNING, slot(0, 11, 15, "farid"))),
    Story("no_overlap", "a job elsewhere counts", (60,), (MORNING,), chloe(outside=((660, 800),))),
    Story("no_overlap", "another day", (), (MORNING, slot(1, 8, 12))),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_no_overlap_finds_what_its_story_says(story: Story) -> None:
    tell(story)
