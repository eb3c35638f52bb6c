"""The papers of an absence: each clock to the minute, and nothing about health."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from maillage.run.employment.enums import AbsenceKind
from maillage.run.employment.models import Absence
from maillage.run.employment.papers import (
    Paper,
    PaperError,
    absences_followed,
    clocks_of,
    end_absence,
    late_papers,
    record_declaration,
    record_note,
    record_report,
)
from tests.cast import Cast, acting, inside
from tests.run.employment.hired import employed

PARIS = ZoneInfo("Europe/Paris")


def away(cast: Cast, kind: AbsenceKind, starts_at: datetime, **more: Any) -> Absence:
    """Let Gaëlle be away; the group learns it at once."""
    worker = employed(cast, "Gaëlle", date(2020, 1, 1))
    absence = Absence.objects.create(
        worker=worker, kind=kind, starts_at=starts_at, said_by="Gaëlle", **more
    )
    Absence.objects.filter(pk=absence.pk).update(said_at=starts_at)
    absence.refresh_from_db()
    return absence


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def test_a_sick_note_is_due_within_forty_eight_hours(cast: Cast) -> None:
    with inside(cast.network):
        absence = away(cast, AbsenceKind.SICKNESS, at(23, 5, 40))
        [note] = clocks_of(absence)
    assert (note.paper, note.article, note.due_at) == (Paper.NOTE, "CSS R321-2", at(25, 5, 40))
    assert not note.is_late(at(25, 5, 40))
    assert note.is_late(at(25, 5, 41))


def test_an_accident_is_declared_without_counting_sundays_and_holidays(cast: Cast) -> None:
    with inside(cast.network):
        friday = clocks_of(away(cast, AbsenceKind.ACCIDENT, at(20, 16)))
        # Tuesday 10 November: Wednesday 11 is a holiday.
        holiday = clocks_of(away(cast, AbsenceKind.ACCIDENT, at(10, 9, 30)))
    assert {one.paper: one.due_at for one in friday} == {
        Paper.NOTE: at(22, 16),
        Paper.DECLARATION: at(23, 16),
    }
    assert {one.paper: one.due_at for one in holiday}[Paper.DECLARATION] == at(13, 9, 30)


def test_the_firm_where_it_happened_tells_the_group_within_a_day(cast: Cast) -> None:
    with inside(cast.network):
        absence = away(cast, AbsenceKind.ACCIDENT, at(23, 9), organisation=cast.bakery)
        report = clocks_of(absence)[0]
    assert (report.paper, report.due_at) == (Paper.REPORT, at(24, 9))
    assert report.article == "CSS L412-4, L412-9, R412-2"


def test_a_family_emergency_asks_for_no_paper(cast: Cast) -> None:
    with inside(cast.network):
        assert clocks_of(away(cast, AbsenceKind.FAMILY, at(23, 9))) == ()


@pytest.mark.parametrize(
    ("kind", "days", "visit"),
    [
        (AbsenceKind.ACCIDENT, 29, False),
        (AbsenceKind.ACCIDENT, 30, True),
        (AbsenceKind.SICKNESS, 59, False),
        (AbsenceKind.SICKNESS, 60, True),
    ],
)
def test_the_doctor_sees_the_worker_after_a_long_absence(
    cast: Cast, kind: AbsenceKind, days: int, visit: bool
) -> None:
    back = date(2026, 3, 2) + timedelta(days=days)
    with inside(cast.network):
        absence = away(cast, kind, at(2, 8, month=3), back_on=back)
        found = {one.paper: one.due_at for one in clocks_of(absence)}
    assert (Paper.VISIT in found) is visit
    if visit:
        assert localdate(found[Paper.VISIT]) == back + timedelta(days=8)


def test_alice_writes_down_each_paper_and_the_return(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    began = now() - timedelta(days=5)
    today = localdate()
    with inside(cast.network):
        absence = away(cast, AbsenceKind.ACCIDENT, began, organisation=cast.bakery)
        assert len(late_papers(cast.network)) == 3
        record_note(acting=alice, absence=absence, on=today)
        record_report(acting=alice, absence=absence, on=today)
        record_declaration(acting=alice, absence=absence, on=today)
        assert late_papers(cast.network) == []
        assert absences_followed(cast.network, today) == [absence]
        end_absence(acting=alice, absence=absence, back_on=today)
        assert absences_followed(cast.network, today) == []


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    today = localdate()
    with inside(cast.network):
        absence = away(cast, AbsenceKind.SICKNESS, now() - timedelta(days=2))
        with pytest.raises(PaperError, match="from the first one away to today"):
            record_note(acting=alice, absence=absence, on=today + timedelta(days=1))
        with pytest.raises(PaperError, match="from the first one away to today"):
            record_note(acting=alice, absence=absence, on=today - timedelta(days=3))
        with pytest.raises(PaperError, match="Only an accident"):
            record_declaration(acting=alice, absence=absence, on=today)
        with pytest.raises(PaperError, match="before having left"):
            end_absence(acting=alice, absence=absence, back_on=today - timedelta(days=3))
        with pytest.raises(PermissionDenied):
            record_note(acting=acting(cast.bob, cast.network), absence=absence, on=today)
