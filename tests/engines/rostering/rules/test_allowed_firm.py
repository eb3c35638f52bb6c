"""Allowed firm: a worker serves the firms that their agreements name."""

import pytest

from tests.engines.rostering.cast import chloe
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("allowed_firm", "Bob signed", (), (MORNING,), chloe(firm_ids=frozenset({"bob"}))),
    Story("allowed_firm", "Bob did not", (1,), (MORNING,), chloe(firm_ids=frozenset({"farid"}))),
    Story("allowed_firm", "all firms are allowed", (), (MORNING,)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_allowed_firm_finds_what_its_story_says(story: Story) -> None:
    tell(story)
