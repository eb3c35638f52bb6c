"""Gaëlle says what she worked: as planned, longer, or what nobody had planned."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.audit.models import AuditLine
from maillage.run.employment.models import Worker
from maillage.run.hours.declaring import Told, add_hours, declare, did_not_work
from maillage.run.hours.models import HourEntry, MonthClosing
from maillage.run.hours.refusals import HoursError
from tests.cast import Cast, acting, inside
from tests.run.hours.months import MARCH, confirmed, worked
from tests.run.stories import HOUR, MONDAY, shared_baker


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    worker: Worker = shared_baker(cast)
    return worker


def from_six(hours: float, pause: int = 0) -> Told:
    return Told(6 * HOUR, 6 * HOUR + round(hours * HOUR), pause)


def test_hours_as_planned_need_no_reason(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    said = declare(entry=entry, told=from_six(6))
    assert (said.state, said.presence_minutes, said.why) == ("declared", 360, "")


def test_half_an_hour_more_needs_a_reason_and_is_billed(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    with pytest.raises(HoursError, match="Say in a few words"):
        declare(entry=entry, told=from_six(6.5))
    said = declare(entry=entry, told=from_six(6.5), why="  A late   order ")
    assert (said.billed_minutes, said.why) == (390, "A late order")
    assert AuditLine.objects.filter(act="declare", subject_id=entry.public_id).count() == 1


def test_the_same_form_sent_twice_is_done_once(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    key = uuid4()
    for _turn in range(2):
        declare(entry=entry, told=from_six(6.5), why="An order", key=key)
    assert AuditLine.objects.filter(act="declare", subject_id=entry.public_id).count() == 1
    fresh = uuid4()
    for _turn in range(2):
        add_hours(
            worker=gaelle,
            organisation=cast.garage,
            day=MONDAY,
            told=Told(14 * HOUR, 15 * HOUR),
            why="A call",
            key=fresh,
        )
    assert HourEntry.objects.filter(organisation=cast.garage).count() == 1


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (Told(6 * HOUR, 6 * HOUR), "ends before"),
        (Told(-1, 6 * HOUR), "when the work began"),
        (Told(24 * HOUR, 25 * HOUR), "when the work began"),
        (Told(6 * HOUR, 30 * HOUR + 1), "ends before"),
        (Told(6 * HOUR, 7 * HOUR, 60), "break is longer"),
        (Told(6 * HOUR, 13 * HOUR + 1), "at the same time"),
    ],
)
def test_impossible_times_are_refused_and_nothing_changes(
    cast: Cast, gaelle: Worker, told: Told, says: str
) -> None:
    (entry,) = worked(cast, gaelle, 0)
    add_hours(
        worker=gaelle,
        organisation=cast.garage,
        day=MONDAY,
        told=Told(13 * HOUR, 14 * HOUR),
        why="A call",
    )
    with pytest.raises(HoursError, match=says):
        declare(entry=entry, told=told, why="An order")
    entry.refresh_from_db()
    assert (entry.start_minute, entry.end_minute, entry.state) == (360, 720, "planned")


def test_hours_next_to_others_are_taken(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    add_hours(
        worker=gaelle,
        organisation=cast.garage,
        day=MONDAY,
        told=Told(13 * HOUR, 14 * HOUR),
        why="A call",
    )
    assert declare(entry=entry, told=from_six(7), why="An order").presence_minutes == 420


def test_nobody_is_lent_by_declaring_it(cast: Cast, gaelle: Worker) -> None:
    with pytest.raises(HoursError, match="L1253-1"):
        add_hours(
            worker=gaelle,
            organisation=cast.rival,
            day=MONDAY,
            told=Told(13 * HOUR, 14 * HOUR),
            why="A call",
        )


def test_what_is_to_come_signed_or_closed_is_not_declared(cast: Cast, gaelle: Worker) -> None:
    today = localdate()
    first, second, later = worked(cast, gaelle, 0, 1, (today - MONDAY).days + 1)
    with pytest.raises(HoursError, match="to come"):
        declare(entry=later, told=from_six(6))
    confirmed(cast)
    with pytest.raises(HoursError, match="has signed"):
        declare(entry=first, told=from_six(6))
    MonthClosing.objects.create(
        network=cast.network, month=MARCH, closed_by_id=cast.alice.public_id
    )
    with pytest.raises(HoursError, match="is closed"):
        declare(entry=second, told=from_six(6))


def test_planned_hours_that_were_not_worked_count_for_nothing(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    did_not_work(entry=entry, why="Snow")
    entry.refresh_from_db()
    assert (entry.presence_minutes, entry.billed_minutes, entry.state) == (0, 0, "declared")


def test_only_who_keeps_hours_declares_for_a_worker(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    declare(entry=entry, told=from_six(6), acting=acting(cast.alice, cast.network))
    for stranger in (cast.bob, cast.emma):
        with pytest.raises(PermissionDenied):
            declare(entry=entry, told=from_six(6), acting=acting(stranger, cast.network))


def test_a_day_before_the_contract_is_nobodys(cast: Cast, gaelle: Worker) -> None:
    with pytest.raises(HoursError, match="No agreement"):
        add_hours(
            worker=gaelle,
            organisation=cast.bakery,
            day=date(2024, 12, 31) - timedelta(days=1),
            told=Told(13 * HOUR, 14 * HOUR),
            why="A call",
        )
