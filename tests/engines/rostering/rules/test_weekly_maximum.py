"""Weekly maximum of work, Monday to Sunday."""

from datetime import date

import pytest

from maillage.engines.rostering import Horizon
from tests.engines.rostering.cast import HOUR
from tests.engines.rostering.stories import (
    ALL_WEEK,
    WEEK_OF_40,
    Story,
    days,
    past,
    tell,
)

STORIES = (
    Story("weekly_maximum", "40 hours", (), WEEK_OF_40, limits={"minutes": 40 * HOUR}),
    Story("weekly_maximum", "40 hours of 39", (60,), WEEK_OF_40, limits={"minutes": 39 * HOUR}),
    Story(
        "weekly_maximum",
        "from Wednesday, after 20 hours",
        (60,),
        ALL_WEEK,
        past(this_week=20 * HOUR),
        {"minutes": 39 * HOUR},
        more={"horizon": Horizon(date(2026, 3, 4), 14)},
    ),
    Story(
        "weekly_maximum", "Sunday and Monday are two weeks", (), days(6, 7), limits={"minutes": 240}
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_weekly_maximum_finds_what_its_story_says(story: Story) -> None:
    tell(story)
