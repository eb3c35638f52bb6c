"""Succession: after some kinds of slot, some others may not come the next day."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    Story,
    tell,
)

STORIES = (
    Story(
        "succession",
        "early then night",
        (),
        (slot(0, 6, 9, kind="E"), slot(1, 22, 23, kind="N")),
        limits={"after": "N", "next": "E"},
    ),
    Story(
        "succession",
        "night then early",
        (1,),
        (slot(0, 22, 23, kind="N"), slot(1, 6, 9, kind="E")),
        limits={"after": "N", "next": "E"},
    ),
    Story(
        "succession",
        "a day between",
        (),
        (slot(0, 22, 23, kind="N"), slot(2, 6, 9, kind="E")),
        limits={"after": "N", "next": "E"},
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_succession_finds_what_its_story_says(story: Story) -> None:
    tell(story)
