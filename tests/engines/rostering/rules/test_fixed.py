"""Fixed assignments stay, whatever happens."""

import pytest

from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
    told,
)

STORIES = (
    Story("fixed", "kept", (), (MORNING,), more={"fixed": told(MORNING)}),
    Story(
        "fixed", "lost", (1,), (MORNING,), left=(MORNING.need_id,), more={"fixed": told(MORNING)}
    ),
    Story("fixed", "nothing is fixed", (), (MORNING,), left=(MORNING.need_id,)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_fixed_finds_what_its_story_says(story: Story) -> None:
    tell(story)
