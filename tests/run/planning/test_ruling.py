"""An agreement gives a rule another limit, as far as the law lets it, and the plan follows."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.run.employment.models import Worker
from maillage.run.planning.enums import RuleSource
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.legality import findings_of
from maillage.run.planning.models import Assignment, RuleChange, Slot
from maillage.run.planning.placing import place
from maillage.run.planning.publishing import changes_since, publish_week, working_day_after
from maillage.run.planning.ruling import (
    RuleError,
    Text,
    end_change,
    limits_in_force,
    record_change,
)
from maillage.run.planning.settling import tried
from tests.cast import Cast, acting, inside
from tests.run.stories import HOUR, MONDAY, shared_baker, slot_of

NEXT = monday_of(localdate()) + timedelta(weeks=1)
DAYS = (NEXT - MONDAY).days
MINUTE = 1 / 60


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def agreed(cast: Cast, rule: str, value: int, **more: object) -> RuleChange:
    """Alice writes down what an agreement sets, for the whole story."""
    values: dict[str, object] = {
        "rule": rule,
        "value": value,
        "source": RuleSource.AGREEMENT,
        "name": "Company agreement",
        "clause": "art. 7",
        "starts_on": MONDAY,
        **more,
    }
    made, _effect = record_change(acting=acting(cast.alice, cast.network), text=Text(**values))
    return made


def forbidden(worker: Worker, *slots: Slot) -> list[str]:
    return [each.rule for each in findings_of(worker=worker, add=slots) if each.forbids]


AUTHORITY = {"source": RuleSource.AUTHORITY, "ends_on": MONDAY + timedelta(weeks=20)}


@pytest.mark.parametrize(
    ("rule", "inside_it", "outside_it", "article", "more"),
    [
        ("daily_maximum", 12 * HOUR, 12 * HOUR + 1, "L3121-18, L3121-19", {}),
        ("weekly_maximum", 60 * HOUR, 60 * HOUR + 1, "L3121-21", AUTHORITY),
        ("average_maximum", 46 * HOUR, 46 * HOUR + 1, "L3121-23, L3121-24", {}),
        ("daily_rest", 9 * HOUR, 9 * HOUR - 1, "L3131-2, D3131-6", {}),
        ("part_time_ceiling", 33, 34, "L3123-20", {}),
        ("notice", 3, 2, "L3123-24", {}),
    ],
)
def test_no_text_goes_past_what_the_law_lets_it(
    cast: Cast,
    rule: str,
    inside_it: int,
    outside_it: int,
    article: str,
    more: dict[str, object],
) -> None:
    with pytest.raises(RuleError, match=f"No text may go .*{article}") as refused:
        agreed(cast, rule, outside_it, **more)
    assert refused.value.field == "value"
    assert not RuleChange.objects.exists()
    made = agreed(cast, rule, inside_it, **more)
    assert made.reference == "Company agreement, art. 7"
    assert list(made.parameters.values()) == [inside_it]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rule": "weekly_rest", "value": 60}, "rule"),
        ({"rule": "weekly_maximum", "value": 55 * HOUR}, "source"),
        ({"rule": "daily_rest", "value": 10 * HOUR, **AUTHORITY}, "source"),
        ({"rule": "daily_maximum", "value": 700, "source": RuleSource.AUTHORITY}, "ends_on"),
        ({"rule": "daily_maximum", "value": 700, "name": " "}, "name"),
        ({"rule": "daily_maximum", "value": 700, "clause": ""}, "clause"),
        ({"rule": "daily_maximum", "value": 700, "ends_on": date(2026, 3, 1)}, "ends_on"),
    ],
)
def test_a_change_without_its_text_is_refused(
    cast: Cast, values: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        agreed(cast, **values)
    assert refused.value.field == field


def test_one_text_at_a_time_changes_a_rule(cast: Cast) -> None:
    agreed(cast, "daily_maximum", 11 * HOUR, ends_on=MONDAY + timedelta(days=6))
    with pytest.raises(RuleError, match="Company agreement, art"):
        agreed(cast, "daily_maximum", 12 * HOUR, starts_on=MONDAY + timedelta(days=6))
    agreed(cast, "daily_maximum", 12 * HOUR, starts_on=MONDAY + timedelta(days=7))


def test_only_who_plans_changes_a_rule(cast: Cast) -> None:
    text = Text(
        rule="notice",
        value=5,
        source=RuleSource.AGREEMENT,
        name="Agreement",
        clause="1",
        starts_on=MONDAY,
    )
    with pytest.raises(PermissionDenied):
        record_change(acting=acting(cast.bob, cast.network), text=text)


def a_day(cast: Cast, worker: Worker, hours: float, day: int = 0) -> list[str]:
    """What forbids so long a day, in three pieces."""
    pieces = ((6, 10), (10.5, 14.5), (15, 7 + hours))
    return forbidden(worker, *(slot_of(cast, cast.bakery, day, *piece) for piece in pieces))


def test_the_day_ends_at_the_agreed_minute(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    agreed(cast, "daily_maximum", 12 * HOUR)
    assert a_day(cast, gaelle, 12) == []
    assert a_day(cast, gaelle, 12 + MINUTE, 7) == ["daily_maximum"]


def test_the_rest_ends_at_the_agreed_minute(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    agreed(cast, "daily_rest", 9 * HOUR)
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, 0, 15, 21), worker=gaelle)
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 1, 6, 9)) == []
    # Before 6:00 it is night, which wants a paper of its own.
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, 7, 15, 21), worker=gaelle)
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 8, 6 - MINUTE, 9)) == [
        "daily_rest",
        "night_work",
    ]


def test_extra_hours_of_a_part_time_contract_go_to_the_agreed_share(cast: Cast) -> None:
    gaelle = shared_baker(cast, hours=24)
    agreed(cast, "part_time_ceiling", 33)
    for day in range(3):
        Assignment.objects.create(slot=slot_of(cast, cast.bakery, day, 6, 12), worker=gaelle)
    # 24 h and 33 % are 31 h 55 min 12 s: the last minute is the 55th.
    last = slot_of(cast, cast.bakery, 3, 6, 12)
    assert forbidden(gaelle, last, slot_of(cast, cast.bakery, 4, 6, 13 + 55 * MINUTE)) == [
        "break_time"
    ]
    shorter = [last, slot_of(cast, cast.bakery, 4, 6, 12)]
    assert forbidden(gaelle, *shorter, slot_of(cast, cast.bakery, 5, 6, 7 + 55 * MINUTE)) == []
    assert forbidden(gaelle, *shorter, slot_of(cast, cast.bakery, 5, 6, 7 + 56 * MINUTE)) == [
        "part_time_ceiling"
    ]


def week_of(cast: Cast, hours: float, week: int = 0) -> list[Slot]:
    """Six days that make so many hours, each with a break."""
    whole, rest = divmod(round(hours * HOUR), 6)
    slots = []
    for day in range(6):
        half, odd = divmod(whole + (day < rest), 2)
        begin = 6 * HOUR
        slots.append(slot_of(cast, cast.bakery, 7 * week + day, 6, (begin + half) / HOUR))
        after = begin + half + 30
        end = (after + half + odd) / HOUR
        slots.append(slot_of(cast, cast.bakery, 7 * week + day, after / HOUR, end))
    return slots


def test_the_week_ends_at_the_decided_minute(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    agreed(cast, "weekly_maximum", 60 * HOUR, **AUTHORITY)
    assert forbidden(gaelle, *week_of(cast, 60)) == []
    assert "weekly_maximum" in forbidden(gaelle, *week_of(cast, 60 + MINUTE, 2))


def test_the_average_of_twelve_weeks_ends_at_the_agreed_minute(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    for week in range(-11, 0):
        Assignment.objects.bulk_create(
            Assignment(slot=slot, worker=gaelle) for slot in week_of(cast, 46, week)
        )
    assert "average_maximum" in forbidden(gaelle, *week_of(cast, 46))
    agreed(cast, "average_maximum", 46 * HOUR, starts_on=MONDAY - timedelta(weeks=20))
    Slot.objects.filter(day__gte=MONDAY).delete()
    assert forbidden(gaelle, *week_of(cast, 46)) == []
    Slot.objects.filter(day__gte=MONDAY).delete()
    # One minute more in twelve weeks is more than the average.
    assert forbidden(gaelle, *week_of(cast, 46 + MINUTE)) == ["average_maximum"]


def test_a_change_is_late_after_the_agreed_notice(cast: Cast) -> None:
    alice, gaelle = acting(cast.alice, cast.network), shared_baker(cast)
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, DAYS, 6, 12), worker=gaelle)
    publish_week(acting=alice, monday=NEXT)
    added = slot_of(cast, cast.bakery, DAYS + 1, 6, 12)
    Assignment.objects.create(slot=added, worker=gaelle)
    today = next(
        day
        for day in (added.day - timedelta(days=back) for back in range(2, 12))
        if working_day_after(day, 3) == added.day
    )

    def late(when: date) -> list[bool]:
        return [each.late for each in changes_since(cast.network, NEXT, today=when)]

    assert late(today) == [True]
    agreed(cast, "notice", 3, starts_on=today - timedelta(days=30))
    assert late(today) == [False]
    assert late(today + timedelta(days=2)) == [True]


def test_a_change_keeps_the_other_rule_of_the_same_name(cast: Cast) -> None:
    agreed(cast, "notice", 3)
    held = {(one.article, one.value) for one in limits_in_force(cast.network, MONDAY)}
    assert ("L3123-31, L3121-47, Company agreement, art. 7", 3) in held
    assert ("L3123-10", 3) in held


def long_day(cast: Cast, worker: Worker) -> list[Slot]:
    """Twelve hours next Monday, by the agreement."""
    alice = acting(cast.alice, cast.network)
    slots = [
        slot_of(cast, cast.bakery, DAYS, 6, 12),
        slot_of(cast, cast.bakery, DAYS, 12.5, 18.5),
    ]
    for slot in slots:
        place(acting=alice, slot=slot, worker=worker)
    return slots


def test_when_a_text_ends_who_may_no_longer_stay_leaves_and_is_named(cast: Cast) -> None:
    alice, gaelle = acting(cast.alice, cast.network), shared_baker(cast)
    change = agreed(cast, "daily_maximum", 12 * HOUR, starts_on=localdate())
    morning, evening = long_day(cast, gaelle)
    publish_week(acting=alice, monday=NEXT)
    act: Callable[[], object] = partial(
        end_change, acting=alice, change=change, last_day=localdate()
    )
    tried(act)
    assert Assignment.objects.filter(worker=gaelle).count() == 2
    change.refresh_from_db()
    assert change.ends_on is None
    effect = end_change(acting=alice, change=change, last_day=localdate())
    (gone,) = effect.gone
    assert (gone.worker, gone.slot, gone.told) == (gaelle, evening, True)
    assert "L3121-18" in gone.because
    assert Assignment.objects.get().slot == morning


def test_a_text_that_had_not_begun_is_removed(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    change = agreed(cast, "notice", 4, starts_on=NEXT)
    with pytest.raises(RuleError, match="past"):
        end_change(acting=alice, change=change, last_day=localdate() - timedelta(days=2))
    end_change(acting=alice, change=change, last_day=localdate())
    assert not RuleChange.objects.exists()
