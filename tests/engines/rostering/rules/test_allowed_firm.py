"""Allowed firm: a worker serves the firms that their agreements name."""

import pytest

from maillage.engines.rostering.entities import Worker
from tests.engines.rostering.cast import chloe
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)


def lent_until(minute: int) -> Worker:
    """Chloé, lent to Bob from the first day until a minute."""
    return chloe(firm_ids=frozenset({"bob"}), lent={"bob": ((0, minute),)})


STORIES = (
    Story("allowed_firm", "Bob signed", (), (MORNING,), chloe(firm_ids=frozenset({"bob"}))),
    Story("allowed_firm", "Bob did not", (1,), (MORNING,), chloe(firm_ids=frozenset({"farid"}))),
    Story("allowed_firm", "all firms are allowed", (), (MORNING,)),
    Story("allowed_firm", "Bob’s agreement holds that day", (), (MORNING,), lent_until(12 * 60)),
    Story("allowed_firm", "it ended an hour before", (1,), (MORNING,), lent_until(11 * 60)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_allowed_firm_finds_what_its_story_says(story: Story) -> None:
    tell(story)
