"""On a public holiday a slot is filled only where the firm takes shared workers that day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.organisations.models import Site
from maillage.run.planning.enums import HolidayOpening, HolidayPay
from maillage.run.planning.holidays import holidays_between, is_may_day
from maillage.run.planning.keeping import Choice, HolidayError, keep_holidays
from maillage.run.planning.legality import findings_of
from maillage.run.planning.models import Assignment, HolidayRule, Slot
from maillage.run.planning.placing import place
from maillage.run.planning.settling import Effect
from tests.cast import Cast, acting, inside
from tests.run.stories import MONDAY, shared_baker, slot_of

OPEN = Choice(HolidayOpening.OPEN, HolidayPay.FIRM)
OWN = Choice(HolidayOpening.OWN, HolidayPay.GROUP)
CLOSED = Choice(HolidayOpening.CLOSED, HolidayPay.GROUP)
COMING = list(holidays_between(localdate(), localdate() + timedelta(days=360)))
MAY_DAY = next(day for day in COMING if is_may_day(day))
HOLIDAY = next(
    day for day in COMING if not is_may_day(day) and day.weekday() < 5 and day > localdate()
)
# Good Friday, kept in Alsace and Moselle only.
GOOD_FRIDAY = next(
    day
    for day in holidays_between(localdate(), localdate() + timedelta(days=360), "67")
    if day.weekday() == 4 and day not in COMING and (day.month, day.day) != (12, 26)
)


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def slot_on(cast: Cast, day: date) -> Slot:
    return slot_of(cast, cast.bakery, (day - MONDAY).days, 8, 12)


def kept(cast: Cast, choices: dict[date | None, Choice | None]) -> Effect:
    alice = acting(cast.alice, cast.network)
    return keep_holidays(acting=alice, organisation=cast.bakery, choices=choices)


def forbidden(cast: Cast, slot: Slot) -> list[str]:
    gaelle = shared_baker(cast, f"Gaëlle {slot.pk}")
    return [each.rule for each in findings_of(worker=gaelle, add=[slot]) if each.forbids]


def test_a_firm_opens_a_holiday_and_its_places_are_to_be_filled(cast: Cast) -> None:
    slot = slot_on(cast, HOLIDAY)
    assert forbidden(cast, slot) == ["closure"]
    effect = kept(cast, {None: OPEN})
    assert (effect.slots, effect.to_fill, effect.gone) == (1, 1, ())
    assert forbidden(cast, slot) == []


def test_open_with_its_own_workers_takes_nobody(cast: Cast) -> None:
    slot = slot_on(cast, HOLIDAY)
    assert kept(cast, {None: OWN}).slots == 0
    assert forbidden(cast, slot) == ["closure"]


def test_whoever_was_placed_leaves_when_the_firm_closes_after_all(cast: Cast) -> None:
    gaelle, slot = shared_baker(cast), slot_on(cast, HOLIDAY)
    kept(cast, {None: OPEN})
    place(acting=acting(cast.alice, cast.network), slot=slot, worker=gaelle)
    effect = kept(cast, {HOLIDAY: CLOSED})
    assert [(one.worker, one.slot, one.told) for one in effect.gone] == [(gaelle, slot, False)]
    assert not Assignment.objects.exists()
    assert Slot.objects.get().cancelled_at is None
    # Its own choice for that day taken away, the usual holds again.
    assert kept(cast, {HOLIDAY: None}).to_fill == 1


def test_1_may_is_kept_but_for_a_reason_of_its_own(cast: Cast) -> None:
    slot = slot_on(cast, MAY_DAY)
    assert kept(cast, {None: OPEN}).slots == 0
    with pytest.raises(HolidayError, match="L3133-6") as refused:
        kept(cast, {MAY_DAY: OPEN})
    assert refused.value.day == MAY_DAY
    with pytest.raises(HolidayError, match="L3133-4"):
        kept(cast, {MAY_DAY: OWN})
    because = Choice(HolidayOpening.OPEN, HolidayPay.FIRM, "Care that cannot stop")
    assert kept(cast, {MAY_DAY: because}).to_fill == 1
    rules = HolidayRule.objects.filter(day=MAY_DAY)
    assert [rule.reason for rule in rules] == ["Care that cannot stop"]
    assert "closure" not in forbidden(cast, slot)


def test_alsace_keeps_good_friday_and_its_neighbours_work(cast: Cast) -> None:
    bakery, garage = (
        slot_on(cast, GOOD_FRIDAY),
        slot_of(cast, cast.garage, (GOOD_FRIDAY - MONDAY).days, 8, 12),
    )
    with pytest.raises(HolidayError, match="no public holiday"):
        kept(cast, {GOOD_FRIDAY: CLOSED})
    Site.objects.filter(organisation=cast.bakery).update(insee="67482")
    assert forbidden(cast, bakery) == ["closure"]
    assert forbidden(cast, garage) == []
    kept(cast, {GOOD_FRIDAY: OPEN})
    assert forbidden(cast, bakery) == []


def test_only_who_plans_chooses_for_a_member(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        keep_holidays(
            acting=acting(cast.bob, cast.network), organisation=cast.bakery, choices={None: OPEN}
        )
    with pytest.raises(HolidayError, match="past"):
        kept(cast, {date(2026, 5, 8): OPEN})
