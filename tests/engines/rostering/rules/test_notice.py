"""Notice: a change of published hours is told `days` working days ahead, or accepted."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
    told,
)

STORIES = (
    Story(
        "notice",
        "told on Sunday for the Wednesday of the next week",
        (),
        (MORNING, slot(9, 8, 12)),
        limits={"days": 7},
        more={"published": told(MORNING), "now": -1},
    ),
    Story(
        "notice",
        "for the Tuesday",
        (1,),
        (MORNING, slot(8, 8, 12)),
        limits={"days": 7},
        more={"published": told(MORNING), "now": -1},
    ),
    Story(
        "notice",
        "a holiday is no working day",
        (1,),
        (MORNING, slot(9, 8, 12)),
        limits={"days": 7},
        more={"published": told(MORNING), "now": -1, "holidays": frozenset({2})},
    ),
    Story("notice", "nothing was published", (), (MORNING,), limits={"days": 7}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_notice_finds_what_its_story_says(story: Story) -> None:
    tell(story)
