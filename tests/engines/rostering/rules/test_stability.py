"""Stability: each slot added or taken away from what people were told costs."""

import pytest

from maillage.engines.rostering.entities import DAY
from tests.engines.rostering.cast import chloe
from tests.engines.rostering.stories import (
    AFTERNOON,
    MORNING,
    Story,
    tell,
    told,
)

STORIES = (
    Story("stability", "as told", (), (MORNING,), more={"published": told(MORNING)}),
    Story(
        "stability",
        "one for another",
        (1, 1),
        (MORNING, AFTERNOON),
        left=(MORNING.need_id,),
        more={"published": told(MORNING)},
    ),
    Story("stability", "nothing was published", (), (MORNING,)),
    Story(
        "stability",
        "an absence is not a change",
        (),
        (MORNING,),
        chloe(absences=((0, DAY),)),
        left=(MORNING.need_id,),
        more={"published": told(MORNING)},
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_stability_finds_what_its_story_says(story: Story) -> None:
    tell(story)
