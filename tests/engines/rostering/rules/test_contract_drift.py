"""Contract drift: two hours a week above the contract, week after week, raise it."""

import pytest

from maillage.engines.rostering import Contract, History
from tests.engines.rostering.cast import HOUR, chloe, slot
from tests.engines.rostering.stories import ALL_WEEK, Story, days, tell

LIMITS = {"weeks": 2, "above": 2 * HOUR, "full_time": 35 * HOUR}
EIGHT = chloe(contract=Contract(8 * HOUR))
AFTER_FIVE = chloe(contract=Contract(8 * HOUR), history=History(weeks=(5 * HOUR,)))
TWO_ABOVE = days(0, 1, 7, 8, 9)
NEARLY = (*days(0, 1, 7, 8), slot(9, 8, 12 - 1 / 60))

STORIES = (
    Story("contract_drift", "1 h 59 above over two weeks", (), NEARLY, EIGHT, LIMITS),
    Story("contract_drift", "two hours above", (1,), TWO_ABOVE, EIGHT, LIMITS),
    Story("contract_drift", "after a full week", (61,), ALL_WEEK[:4], AFTER_FIVE, LIMITS),
    Story("contract_drift", "full time", (), TWO_ABOVE, limits=LIMITS),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_contract_drift_finds_what_its_story_says(story: Story) -> None:
    tell(story)
