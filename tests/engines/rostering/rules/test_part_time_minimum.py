"""Part-time minimum: a contract promises `minutes` a week, unless the worker asked for less."""

import pytest

from maillage.engines.rostering import Contract
from tests.engines.rostering.cast import HOUR, chloe
from tests.engines.rostering.stories import (
    PART_TIME,
    WEEK_OF_40,
    Story,
    tell,
)

STORIES = (
    Story("part_time_minimum", "24 hours", (), (), PART_TIME, {"minutes": 24 * HOUR}),
    Story(
        "part_time_minimum",
        "20 hours",
        (240,),
        (),
        chloe(contract=Contract(20 * HOUR)),
        {"minutes": 24 * HOUR},
    ),
    Story("part_time_minimum", "whatever she does", (), WEEK_OF_40, limits={"minutes": 24 * HOUR}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_part_time_minimum_finds_what_its_story_says(story: Story) -> None:
    tell(story)
