"""Average maximum: over any run of `weeks` civil weeks, the past ones included."""

import pytest

from tests.engines.rostering.stories import (
    WEEK_OF_40,
    Story,
    past,
    tell,
)

STORIES = (
    Story(
        "average_maximum",
        "three weeks of 30 and one of 40",
        (),
        WEEK_OF_40,
        past(weeks=(1800, 1800, 1800)),
        {"weeks": 4, "minutes": 1950},
    ),
    Story(
        "average_maximum",
        "three weeks of 40 and this one",
        (600,),
        WEEK_OF_40,
        past(weeks=(2400, 2400, 2400)),
        {"weeks": 4, "minutes": 2250},
    ),
    Story(
        "average_maximum",
        "too few weeks are known",
        (),
        WEEK_OF_40,
        past(weeks=(2400,)),
        {"weeks": 4, "minutes": 1},
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_average_maximum_finds_what_its_story_says(story: Story) -> None:
    tell(story)
