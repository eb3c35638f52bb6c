"""Unpleasant slots are shared fairly."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    TIRING,
    Story,
    past,
    tell,
)

STORIES = (
    Story("unpleasant_fairness", "none", (), (MORNING,), past(unpleasant_slots=5)),
    Story(
        "unpleasant_fairness",
        "first and second count three",
        (3,),
        (TIRING, slot(2, 8, 12, unpleasant=True)),
    ),
    Story(
        "unpleasant_fairness", "the third counts three", (3,), (TIRING,), past(unpleasant_slots=2)
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_unpleasant_fairness_finds_what_its_story_says(story: Story) -> None:
    tell(story)
