"""A firm closes: who leaves, who must be told; it opens again, and they come back if they may."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.utils.timezone import localdate

from maillage.run.planning.closing import close_firm, hours_lost, reopen_firm, taken_out_by
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Closure
from maillage.run.planning.placing import place
from maillage.run.planning.publishing import publish_week
from maillage.run.planning.settling import Effect, tried
from maillage.run.planning.slots import SlotError
from tests.cast import Cast, acting, inside
from tests.run.stories import MONDAY, shared_baker, slot_of

NEXT = monday_of(localdate()) + timedelta(weeks=1)
DAYS = (NEXT - MONDAY).days


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def closed(cast: Cast, first: int = 0, last: int = 4) -> tuple[Closure, Effect]:
    """The bakery is closed on some days of next week."""
    return close_firm(
        acting=acting(cast.alice, cast.network),
        organisation=cast.bakery,
        starts_on=NEXT + timedelta(days=first),
        ends_on=NEXT + timedelta(days=last),
        reason="Inventory",
    )


def test_a_closure_says_who_must_be_told_and_whose_hours_are_to_be_placed(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slots = [slot_of(cast, cast.bakery, DAYS + day, 6, 12) for day in range(2)]
    place(acting=alice, slot=slots[0], worker=gaelle)
    publish_week(acting=alice, monday=NEXT)
    place(acting=alice, slot=slots[1], worker=hugo)
    made, effect = closed(cast)
    assert [(one.worker, one.slot, one.told) for one in effect.gone] == [
        (gaelle, slots[0], True),
        (hugo, slots[1], False),
    ]
    assert [(one.worker, one.monday, one.minutes) for one in hours_lost(effect.gone)] == [
        (gaelle, NEXT, 360),
        (hugo, NEXT, 360),
    ]
    assert [(one.worker, one.told) for one in taken_out_by(made)] == [(gaelle, True), (hugo, False)]
    assert not Assignment.objects.exists()


def test_trying_a_closure_changes_nothing(cast: Cast) -> None:
    slot = slot_of(cast, cast.bakery, DAYS, 6, 12)
    place(acting=acting(cast.alice, cast.network), slot=slot, worker=shared_baker(cast))
    _made, effect = tried(partial(closed, cast))
    assert len(effect.gone) == 1
    assert (Closure.objects.count(), Assignment.objects.count()) == (0, 1)


def test_when_it_opens_again_those_who_may_come_back(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    slots = [slot_of(cast, cast.bakery, DAYS + day, 6, 12) for day in range(2)]
    for slot, worker in zip(slots, (gaelle, hugo), strict=True):
        place(acting=alice, slot=slot, worker=worker)
    made, _effect = closed(cast)
    # Meanwhile Hugo is at the garage that morning: he cannot be in two places.
    place(acting=alice, slot=slot_of(cast, cast.garage, DAYS + 1, 6, 12), worker=hugo)
    done = reopen_firm(acting=alice, closure=made, put_back=True)
    assert (done.back, done.effect.slots, done.effect.to_fill) == (1, 2, 1)
    assert [(one.worker, one.slot) for one in done.refused] == [(hugo, slots[1])]
    assert done.refused[0].because
    assert not Closure.objects.exists()
    assert Assignment.objects.get(slot__organisation=cast.bakery).worker == gaelle


def test_it_opens_again_empty_when_that_is_wanted(cast: Cast) -> None:
    alice, slot = acting(cast.alice, cast.network), slot_of(cast, cast.bakery, DAYS, 6, 12)
    place(acting=alice, slot=slot, worker=shared_baker(cast))
    made, _effect = closed(cast)
    assert reopen_firm(acting=alice, closure=made, put_back=False).back == 0
    assert not Assignment.objects.exists()
    with pytest.raises(SlotError, match="over"):
        reopen_firm(acting=alice, closure=made, put_back=False)


def test_a_closure_that_had_begun_keeps_its_past(cast: Cast) -> None:
    made, _effect = close_firm(
        acting=acting(cast.alice, cast.network),
        organisation=cast.bakery,
        starts_on=localdate() - timedelta(days=2),
        ends_on=localdate() + timedelta(days=2),
        reason="",
    )
    reopen_firm(acting=acting(cast.alice, cast.network), closure=made, put_back=True)
    made.refresh_from_db()
    assert made.ends_on == localdate() - timedelta(days=1)


def test_whoever_stayed_in_a_closed_firm_by_another_way_leaves_when_it_opens(cast: Cast) -> None:
    """A row written before closures were kept: opening again judges it too."""
    gaelle = shared_baker(cast)
    made, _effect = closed(cast)
    for begin, end in ((6, 12), (11, 15)):
        slot = slot_of(cast, cast.bakery, DAYS, begin, end)
        Assignment.objects.create(slot=slot, worker=gaelle)
    done = reopen_firm(acting=acting(cast.alice, cast.network), closure=made, put_back=False)
    assert [one.slot.start_minute for one in done.effect.gone] == [660]
