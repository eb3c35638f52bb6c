"""One function says what a worker's plan would break, whoever asks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone
from django.utils.translation import override

from maillage.run.employment.enums import AbsenceKind, LeaveState, WeeklyKind
from maillage.run.employment.models import Absence, Authorisation, Leave, WeeklyTime
from maillage.run.planning.legality import findings_for, findings_of, headroom_of
from maillage.run.planning.models import Assignment, Closure, HolidayRule, RuleChange, Slot
from tests.cast import Cast, inside
from tests.run.stories import MONDAY, lend, shared_baker, slot_of, worker_of


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def forbidden(worker: object, *slots: Slot) -> list[str]:
    """The rules that stand in the way of some slots."""
    return [each.rule for each in findings_of(worker=worker, add=slots) if each.forbids]


def test_a_morning_in_a_firm_that_borrows_the_worker_breaks_nothing(cast: Cast) -> None:
    assert forbidden(shared_baker(cast), slot_of(cast, cast.bakery, 0, 6, 12)) == []


def test_no_placement_without_a_signed_lending_agreement(cast: Cast) -> None:
    gaelle = worker_of(cast, "Gaëlle")
    lend(gaelle, cast.bakery, signed=False)
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 6, 12)) == ["allowed_firm"]


def test_an_agreement_holds_to_its_last_day_and_no_longer(cast: Cast) -> None:
    gaelle = worker_of(cast, "Gaëlle")
    lend(gaelle, cast.bakery, until=MONDAY + timedelta(days=2))
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 2, 6, 12)) == []
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 3, 6, 12)) == ["allowed_firm"]


def test_nobody_is_shared_by_two_competitors(cast: Cast) -> None:
    gaelle = worker_of(cast, "Gaëlle")
    lend(gaelle, cast.bakery)
    lend(gaelle, cast.rival)
    held = slot_of(cast, cast.bakery, 0, 6, 9)
    Assignment.objects.create(slot=held, worker=gaelle)
    (found,) = [
        each
        for each in findings_of(worker=gaelle, add=[slot_of(cast, cast.rival, 3, 6, 9)])
        if each.forbids
    ]
    assert (found.rule, found.article) == ("competitors", "charter")
    assert "Boulangerie Martin" in found.text
    assert "Fournil Durand" in found.text


def test_ten_hours_a_day_and_not_a_minute_more(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, 0, 6, 11), worker=gaelle)
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 12, 17)) == []
    (rule,) = forbidden(gaelle, slot_of(cast, cast.bakery, 0, 12, 17 + 1 / 60))
    assert rule == "daily_maximum"


def test_eleven_hours_of_rest_between_two_days(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, 0, 14, 20), worker=gaelle)
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 1, 7, 9)) == []
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 1, 6 + 59 / 60, 9)) == ["daily_rest"]


def test_a_job_for_another_employer_counts_as_work(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    WeeklyTime.objects.create(
        worker=gaelle,
        kind=WeeklyKind.OUTSIDE_JOB,
        weekday=0,
        start_minute=14 * 60,
        end_minute=19 * 60,
        starts_on=date(2025, 1, 6),
    )
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 7, 12)) == []
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 6, 12)) == ["daily_maximum"]


def test_leave_and_absence_leave_nobody(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    Leave.objects.create(
        worker=gaelle,
        kind="paid",
        starts_on=MONDAY,
        ends_on=MONDAY,
        until_noon=True,
        state=LeaveState.GRANTED,
    )
    Absence.objects.create(
        worker=gaelle,
        kind=AbsenceKind.SICKNESS,
        starts_at=datetime(2026, 3, 4, 5, 40, tzinfo=get_current_timezone()),
        expected_on=date(2026, 3, 6),
        said_by="Gaëlle",
    )
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 8, 11)) == ["availability"]
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 13, 16)) == []
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 3, 8, 11)) == ["availability"]
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 4, 8, 11)) == []


def test_sunday_work_wants_a_paper_for_that_sunday(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    first, second = slot_of(cast, cast.bakery, 6, 7, 12), slot_of(cast, cast.bakery, 13, 7, 12)
    (found,) = [each for each in findings_of(worker=gaelle, add=[first]) if each.forbids]
    assert (found.rule, found.severity, found.article) == (
        "sunday_work",
        "needs_document",
        "L3132-3",
    )
    assert found.may_be_overridden
    Authorisation.objects.create(
        worker=gaelle,
        rule="sunday_work",
        title="Written agreement",
        starts_on=first.day,
        ends_on=first.day,
        recorded_by_id=cast.alice.public_id,
    )
    assert forbidden(gaelle, first) == []
    assert forbidden(gaelle, second) == ["sunday_work"]


def test_an_agreement_gives_a_rule_other_limits_on_its_days(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    RuleChange.objects.create(
        network=cast.network,
        rule="daily_maximum",
        parameters={"minutes": 12 * 60},
        reference="Company agreement of 5 January 2026",
        starts_on=MONDAY,
        ends_on=MONDAY + timedelta(days=6),
        recorded_by_id=cast.alice.public_id,
    )
    for day, rules in ((0, []), (7, ["daily_maximum"])):
        Assignment.objects.create(slot=slot_of(cast, cast.bakery, day, 6, 11), worker=gaelle)
        assert forbidden(gaelle, slot_of(cast, cast.bakery, day, 12, 18)) == rules


def test_a_firm_that_is_closed_takes_nobody(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    Closure.objects.create(
        network=cast.network, organisation=cast.bakery, starts_on=MONDAY, ends_on=MONDAY
    )
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 8, 11)) == ["closure"]
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 1, 8, 11)) == []


def test_public_holidays_are_kept_unless_the_firm_works_them(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    easter_monday = slot_of(cast, cast.bakery, 35, 8, 11)
    may_day = slot_of(cast, cast.bakery, 60, 8, 11)
    assert (easter_monday.day, may_day.day) == (date(2026, 4, 6), date(2026, 5, 1))
    assert forbidden(gaelle, easter_monday) == ["closure"]
    HolidayRule.objects.create(
        network=cast.network, organisation=cast.bakery, opening="open", pay="firm"
    )
    assert forbidden(gaelle, easter_monday) == []
    assert forbidden(gaelle, may_day) == ["closure"]


def test_without_a_contract_that_day_nothing_is_possible(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    gaelle.contracts.update(ended_on=MONDAY, end_reason="resigned")
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 8, 11)) == []
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 1, 8, 11)) == ["availability"]
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 21, 8, 11)) == ["contract"]


def test_what_was_broken_already_is_not_held_against_a_change_that_mends_it(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    long, short = slot_of(cast, cast.bakery, 0, 6, 12), slot_of(cast, cast.bakery, 0, 13, 18)
    for slot in (long, short):
        Assignment.objects.create(slot=slot, worker=gaelle)
    (found,) = [
        each
        for each in findings_for(cast.network, {gaelle.pk: ((), (short,))})[gaelle.pk]
        if each.forbids
    ] or [None]
    assert found is None


def test_sentences_are_in_the_language_of_the_reader(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    sunday = slot_of(cast, cast.bakery, 6, 7, 12)
    with override("fr"):
        (found,) = [each for each in findings_of(worker=gaelle, add=[sunday]) if each.forbids]
    assert found.text.startswith("Gaëlle travaillerait un dimanche")


def test_somebody_under_eighteen_works_eight_hours_a_day_and_not_a_minute_more(cast: Cast) -> None:
    gaelle = shared_baker(cast)
    gaelle.born_on = date(2008, 6, 1)
    gaelle.save()
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, 0, 7, 11), worker=gaelle)
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 12, 16)) == []
    assert forbidden(gaelle, slot_of(cast, cast.bakery, 0, 12, 16 + 1 / 60)) == ["daily_maximum"]


def test_judging_many_workers_asks_the_database_no_more(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    people = [shared_baker(cast, f"Gaëlle {rank}") for rank in range(6)]
    slot = slot_of(cast, cast.bakery, 0, 6, 12)
    with django_assert_max_num_queries(18):
        findings_for(cast.network, {person.pk: ((slot,), ()) for person in people})


def test_headroom_says_what_the_law_leaves_and_nothing_else(cast: Cast) -> None:
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo", hours=24)
    for person in (gaelle, hugo):
        Assignment.objects.create(
            slot=slot_of(cast, cast.garage, 0, 8, 15, people=1), worker=person
        )
    left = headroom_of(cast.network, [gaelle.pk, hugo.pk], MONDAY)
    assert (left[gaelle.pk].day, left[gaelle.pk].week) == (3 * 60, 41 * 60)
    # A part-time worker may do a tenth more than the contract: 26 h 24, of which 7 h are planned.
    assert (left[hugo.pk].day, left[hugo.pk].week) == (3 * 60, 26 * 60 + 24 - 7 * 60)
