"""Wished worker: a firm that asks for somebody would rather have them."""

import pytest

from maillage.engines.rostering import check
from tests.engines.rostering.cast import chloe, everywhere, question, rule, slot
from tests.engines.rostering.stories import (
    MORNING,
    Story,
    tell,
)

STORIES = (
    Story("wished_worker", "it is her", (), (slot(0, 8, 12, wished_worker_id="chloé"),)),
    Story("wished_worker", "no wish", (), (MORNING,)),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_wished_worker_finds_what_its_story_says(story: Story) -> None:
    tell(story)


def test_wish_for_somebody_else_is_found() -> None:
    wished = slot(0, 8, 12, wished_worker_id="alice")
    workers = (chloe(), chloe(worker_id="alice", name="Alice"))
    instance = question(wished, workers=workers, rules=(rule("wished_worker"),))

    assert [b.worker_id for b in check(instance, everywhere(instance))] == ["chloé"]
    assert check(instance, everywhere(instance, "alice")) == ()
