"""Notice: a change of published hours is told `days` working days ahead, or accepted."""

import pytest

from tests.engines.rostering.cast import HOUR, slot
from tests.engines.rostering.stories import (
    MORNING,
    PART_TIME,
    Story,
    tell,
    told,
)

SOON: dict[str, int | str] = {"days": 3, "calendar": 1, "added_only": 1, "full_time": 35 * HOUR}

STORIES = (
    Story(
        "notice",
        "extra hours of the Wednesday told on Sunday to a part-timer",
        (1,),
        (MORNING, slot(2, 8, 12)),
        PART_TIME,
        SOON,
        more={"published": told(MORNING), "now": -1},
    ),
    Story(
        "notice",
        "of the Thursday, three whole days ahead",
        (),
        (MORNING, slot(3, 8, 12)),
        PART_TIME,
        SOON,
        more={"published": told(MORNING), "now": -1},
    ),
    Story(
        "notice",
        "full-timers have no say in extra hours",
        (),
        (MORNING, slot(2, 8, 12)),
        limits=SOON,
        more={"published": told(MORNING), "now": -1},
    ),
    Story(
        "notice",
        "a slot taken away is no extra hour",
        (),
        (MORNING, slot(2, 8, 12)),
        PART_TIME,
        SOON,
        left=(slot(2, 8, 12).need_id,),
        more={"published": told(MORNING, slot(2, 8, 12)), "now": -1},
    ),
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
