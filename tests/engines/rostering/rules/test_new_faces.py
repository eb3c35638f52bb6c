"""New faces: each worker a firm has never seen costs."""

import pytest

from tests.engines.rostering.cast import slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    past,
    tell,
)

STORIES = (
    Story("new_faces", "Bob knows her", (), (MORNING,), past(known_firm_ids=frozenset({"bob"}))),
    Story(
        "new_faces",
        "Farid does not, and sees her twice",
        (2,),
        (MORNING, slot(1, 8, 12, "farid"), slot(2, 8, 12, "farid")),
    ),
    Story("new_faces", "nobody sees her", (), ()),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_new_faces_finds_what_its_story_says(story: Story) -> None:
    tell(story)
