"""Maximum of a kind: so many slots of one kind over the horizon, such as nights."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    Story,
    days,
    tell,
)

STORIES = (
    Story(
        "kind_maximum",
        "one night",
        (),
        (slot(0, 22, 30, kind="N"),),
        limits={"kind": "N", "most": 1},
    ),
    Story(
        "kind_maximum",
        "two of one",
        (1,),
        (slot(0, 8, 9, kind="N"), slot(2, 8, 9, kind="N")),
        limits={"kind": "N", "most": 1},
    ),
    Story("kind_maximum", "another kind", (), days(0, 1, 2), limits={"kind": "N", "most": 0}),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_kind_maximum_finds_what_its_story_says(story: Story) -> None:
    tell(story)
