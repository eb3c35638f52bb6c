"""Competitors never share a worker, over the whole horizon, unless both lifted the pair."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("competitors", "Bob and Farid", (), (MORNING, slot(1, 8, 12, "farid"))),
    Story("competitors", "Bob, then Emma ten days later", (1,), (MORNING, slot(10, 8, 12, "emma"))),
    Story(
        "competitors",
        "the pair is lifted",
        (),
        (MORNING, slot(10, 8, 12, "emma")),
        more={"lifted": frozenset({("emma", "bob")})},
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_competitors_finds_what_its_story_says(story: Story) -> None:
    tell(story)
