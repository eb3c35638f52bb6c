"""How many needs go on, and after how long."""

from datetime import timedelta

from django.utils.timezone import localdate

from maillage.launch.needs.actions import move_need
from maillage.launch.needs.delays import steps_of
from maillage.launch.needs.enums import ROAD, NeedState
from maillage.launch.needs.models import NeedPassage
from tests.cast import Cast, acting, inside
from tests.launch.needs.stories import stated


def test_a_need_that_waits_for_two_hundred_days_stays_open(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        waiting = stated(cast, cast.bakery, topic="training", state=NeedState.CHARACTERISED)
        other = stated(cast, cast.garage, topic="training", state=NeedState.CHARACTERISED)
        long_ago = localdate() - timedelta(200)
        NeedPassage.objects.update(on=long_ago)
        move_need(acting=alice, need=other, to=NeedState.EXPRESSED)
        steps = steps_of(cast.network, topic="training")
        assert [step.state for step in steps] == list(ROAD[:-1])
        assert (steps[1].reached, steps[1].went_on, steps[1].median_days) == (2, 1, 200)
        waiting.refresh_from_db()
        assert waiting.state == "characterised"
        assert steps_of(cast.network, topic="export")[1].reached == 0
