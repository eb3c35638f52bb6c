"""What a firm needs changes: the plan follows, and says who must hear of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Slot, SlotSeries
from maillage.run.planning.placing import Override, fix_assignment, place
from maillage.run.planning.publishing import publish_week
from maillage.run.planning.reshaping import change_series, change_slot
from maillage.run.planning.slots import Asked, SlotError, add_series, end_series, lay_out_now
from tests.cast import Cast, acting, inside
from tests.run.stories import BAKING, HOUR, MONDAY, shared_baker, slot_of

NEXT = monday_of(localdate()) + timedelta(weeks=1)
DAYS = (NEXT - MONDAY).days


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def asked(cast: Cast, start: float = 6, end: float = 12, **more: Any) -> Asked:
    values: dict[str, Any] = {
        "organisation": cast.bakery,
        "occupation": BAKING,
        "occupation_label": "Baking",
        "start_minute": round(start * HOUR),
        "end_minute": round(end * HOUR),
        **more,
    }
    return Asked(**values)


def mondays(cast: Cast) -> SlotSeries:
    """The bakery needs somebody every Monday from next week on, from 6 to 12."""
    (made,) = add_series(
        acting=acting(cast.alice, cast.network), asked=asked(cast), weekdays=[0], starts_on=NEXT
    )
    return made


def test_new_times_hold_from_a_day_on_and_move_those_who_were_told(cast: Cast) -> None:
    alice, gaelle, series = acting(cast.alice, cast.network), shared_baker(cast), mondays(cast)
    first, second = Slot.objects.order_by("day")[:2]
    for slot in (first, second):
        place(acting=alice, slot=slot, worker=gaelle)
    publish_week(acting=alice, monday=second.day)
    effect = change_series(
        acting=alice, series=series, asked=asked(cast, 7, 13), since=second.day, ends_on=None
    )
    assert (effect.slots, effect.gone) == (Slot.objects.count() - 1, ())
    assert [(one.worker, one.slot) for one in effect.moved] == [(gaelle, second)]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.start_minute, second.start_minute) == (6 * HOUR, 7 * HOUR)
    series.refresh_from_db()
    assert (series.start_minute, series.end_minute) == (7 * HOUR, 13 * HOUR)


def test_whoever_may_not_stay_at_the_new_times_leaves(cast: Cast) -> None:
    alice, gaelle, series = acting(cast.alice, cast.network), shared_baker(cast), mondays(cast)
    place(acting=alice, slot=Slot.objects.earliest("day"), worker=gaelle)
    evening = slot_of(cast, cast.garage, DAYS, 14, 17)
    place(acting=alice, slot=evening, worker=gaelle)
    effect = change_series(
        acting=alice, series=series, asked=asked(cast, 9, 15), since=NEXT, ends_on=None
    )
    # Two places at once: it is the slot that changed which is left.
    (gone,) = effect.gone
    assert (gone.worker, gone.slot.organisation, gone.told) == (gaelle, cast.bakery, False)
    assert "Garage Lemoine" in gone.because
    assert Assignment.objects.get().slot == evening


def test_fewer_people_leave_the_last_who_came_and_keep_whoever_is_fixed(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    slot = slot_of(cast, cast.bakery, DAYS, 6, 12, people=3)
    workers = [shared_baker(cast, name) for name in ("Gaëlle", "Hugo", "Inès")]
    seats = [place(acting=alice, slot=slot, worker=worker) for worker in workers]
    fix_assignment(acting=alice, assignment=seats[2], fixed=True)
    effect = change_slot(acting=alice, slot=slot, asked=asked(cast, people=2))
    assert [one.worker for one in effect.gone] == [workers[1]]
    assert effect.to_fill == 0
    assert change_slot(acting=alice, slot=slot, asked=asked(cast, people=4)).to_fill == 2


def test_another_trade_leaves_whoever_does_not_have_it(cast: Cast) -> None:
    alice, slot = acting(cast.alice, cast.network), slot_of(cast, cast.bakery, DAYS, 6, 12)
    place(acting=alice, slot=slot, worker=shared_baker(cast))
    welding = replace(asked(cast), occupation="H2913", occupation_label="Welding")
    effect = change_slot(acting=alice, slot=slot, asked=welding)
    assert (len(effect.gone), effect.to_fill) == (1, 1)
    assert not Assignment.objects.exists()


def test_whoever_would_need_a_paper_leaves_unless_one_was_given(cast: Cast) -> None:
    alice, gaelle = acting(cast.alice, cast.network), shared_baker(cast)
    slot, sunday = (slot_of(cast, cast.bakery, DAYS + day, 6, 12) for day in (0, 6))
    place(acting=alice, slot=slot, worker=gaelle)
    paper = Override(rule="sunday_work", document="Written agreement", reason="Fair")
    place(acting=alice, slot=sunday, worker=gaelle, overrides=[paper])
    assert change_slot(acting=alice, slot=sunday, asked=asked(cast, 7, 12)).gone == ()
    # Before six it is night, for which nobody gave a paper.
    (gone,) = change_slot(acting=alice, slot=slot, asked=asked(cast, 5, 11)).gone
    assert (gone.worker, "L3122-20" in gone.because) == (gaelle, True)
    assert Assignment.objects.get().slot == sunday


def test_a_slot_changed_by_itself_keeps_what_is_its_own(cast: Cast) -> None:
    alice, series = acting(cast.alice, cast.network), mondays(cast)
    own = Slot.objects.earliest("day")
    change_slot(acting=alice, slot=own, asked=asked(cast, people=2))
    change_series(
        acting=alice, series=series, asked=asked(cast, 7, 12), since=localdate(), ends_on=None
    )
    own.refresh_from_db()
    assert (own.people, own.start_minute) == (2, 7 * HOUR)
    assert not Slot.objects.exclude(pk=own.pk).exclude(people=1).exists()


def test_a_last_day_cuts_the_slots_and_a_later_one_brings_them_back(cast: Cast) -> None:
    alice, series = acting(cast.alice, cast.network), mondays(cast)
    count = Slot.objects.count()
    last = Slot.objects.order_by("day")[1].day
    change_series(acting=alice, series=series, asked=asked(cast), since=NEXT, ends_on=last)
    assert Slot.objects.filter(cancelled_at=None).count() == 2
    change_series(acting=alice, series=series, asked=asked(cast), since=NEXT, ends_on=None)
    assert Slot.objects.filter(cancelled_at=None).count() == count
    end_series(acting=alice, series=series, last_day=last)
    assert lay_out_now(acting=alice) == 0


def test_weeks_that_are_missing_are_laid_out_at_once(cast: Cast) -> None:
    mondays(cast)
    Slot.objects.earliest("day").delete()
    alice = acting(cast.alice, cast.network)
    assert (lay_out_now(acting=alice), lay_out_now(acting=alice)) == (1, 0)


def test_what_is_past_or_taken_off_does_not_change(cast: Cast) -> None:
    alice, series = acting(cast.alice, cast.network), mondays(cast)
    yesterday = localdate() - timedelta(days=1)
    with pytest.raises(SlotError) as refused:
        change_series(acting=alice, series=series, asked=asked(cast), since=yesterday, ends_on=None)
    assert refused.value.field == "since"
    past = slot_of(cast, cast.bakery, (yesterday - MONDAY).days, 6, 12)
    with pytest.raises(SlotError, match="past"):
        change_slot(acting=alice, slot=past, asked=asked(cast))
    with pytest.raises(SlotError) as refused:
        change_slot(
            acting=alice, slot=slot_of(cast, cast.bakery, DAYS, 6, 12), asked=asked(cast, 6, 20)
        )
    assert refused.value.field == "ends_at"
