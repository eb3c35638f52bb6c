"""Requests: slots that a worker asked for, or asked to be spared; amounts are their weights."""

import pytest

from maillage.engines.rostering import Request
from tests.engines.rostering.cast import chloe
from tests.engines.rostering.stories import (
    AFTERNOON,
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story(
        "requests",
        "met both ways",
        (),
        (MORNING, AFTERNOON),
        chloe(requests=(Request(MORNING.need_id, True), Request(AFTERNOON.need_id, False))),
        left=(AFTERNOON.need_id,),
    ),
    Story(
        "requests",
        "met neither way",
        (1, 1),
        (MORNING, AFTERNOON),
        chloe(requests=(Request(MORNING.need_id, False), Request(AFTERNOON.need_id, True))),
        left=(AFTERNOON.need_id,),
    ),
    Story("requests", "none made", (), (MORNING,)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_requests_finds_what_its_story_says(story: Story) -> None:
    tell(story)
