"""Licences that expire, times elsewhere, papers that lift a rule."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.run.employment.certificates import (
    Paper,
    RecordError,
    Weekly,
    add_authorisation,
    add_certificate,
    add_weekly_time,
    end_record,
    expiring,
)
from maillage.run.employment.enums import DocumentRule, WeeklyKind
from maillage.run.employment.models import Authorisation, Certificate, WeeklyTime
from tests.cast import Cast, acting, inside, more_firms
from tests.run.employment.hired import contract_of, employed, lent, worker_named

DAY = date(2026, 11, 23)
PDF = b"%PDF-1.7\nA consent\n%%EOF"


def test_twelve_licences_of_eight_people_in_five_firms_are_one_course(cast: Cast) -> None:
    firms = [cast.bakery, cast.rival, cast.garage, *more_firms(cast, 2)]
    with inside(cast.network):
        for rank in range(8):
            worker = worker_named(cast, f"Worker {rank}")
            lent(contract_of(worker), firms[rank % 5])
            for number in ("R489-1", "R489-3")[: 2 if rank < 4 else 1]:
                Certificate.objects.create(
                    worker=worker,
                    title="CACES chariot" if rank % 2 else "Caces  chariot",
                    number=number,
                    expires_on=DAY + timedelta(days=90),
                )
        Certificate.objects.create(
            worker=worker, title="Permis B", expires_on=DAY + timedelta(days=91)
        )
        [course] = expiring(cast.network, DAY)
    assert (len(course.certificates), course.people, course.firms) == (12, 8, 5)
    assert course.first == DAY + timedelta(days=90)


def test_a_licence_that_was_renewed_no_longer_expires(cast: Cast) -> None:
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        for days in (10, 400):
            Certificate.objects.create(
                worker=gaelle, title="SST", expires_on=DAY + timedelta(days=days)
            )
        assert expiring(cast.network, DAY) == []


def test_alice_keeps_a_licence_a_job_elsewhere_and_a_consent(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    today = localdate()
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        add_certificate(acting=alice, worker=gaelle, title=" CACES  3 ", expires_on=today)
        elsewhere = Weekly(
            kind=WeeklyKind.OUTSIDE_JOB,
            weekday=5,
            start_minute=360,
            end_minute=720,
            starts_on=today,
        )
        add_weekly_time(acting=alice, worker=gaelle, time=elsewhere)
        paper = Paper(rule=DocumentRule.NIGHT, title="Accord écrit", starts_on=today, content=PDF)
        kept = add_authorisation(acting=alice, worker=gaelle, paper=paper)
        assert Certificate.objects.get().title == "CACES 3"
        assert WeeklyTime.objects.get().start_minute == 360
        assert (bytes(kept.content or b""), kept.media_type) == (PDF, "application/pdf")


def test_a_paper_without_its_file_lifts_no_rule(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        paper = Paper(rule=DocumentRule.SUNDAY, title="Accord", starts_on=DAY, content=b"hello")
        with pytest.raises(RecordError, match="no PDF, JPEG or PNG"):
            add_authorisation(acting=alice, worker=gaelle, paper=paper)
        assert not Authorisation.objects.exists()


def test_what_is_ended_keeps_its_past(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    today = localdate()
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        old = WeeklyTime.objects.create(
            worker=gaelle,
            kind=WeeklyKind.UNAVAILABLE,
            weekday=2,
            start_minute=0,
            end_minute=600,
            starts_on=today - timedelta(days=30),
        )
        end_record(acting=alice, worker=gaelle, kept=old)
        assert WeeklyTime.objects.get().ends_on == today - timedelta(days=1)
        licence = Certificate.objects.create(worker=gaelle, title="SST")
        end_record(acting=alice, worker=gaelle, kept=licence)
        assert not Certificate.objects.exists()
        with pytest.raises(PermissionDenied):
            end_record(acting=alice, worker=employed(cast, "Hugo"), kept=old)


def test_times_that_make_no_sense_are_refused(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    wrong = Weekly(
        kind=WeeklyKind.UNAVAILABLE, weekday=1, start_minute=600, end_minute=600, starts_on=DAY
    )
    with inside(cast.network), pytest.raises(RecordError, match="after the beginning"):
        add_weekly_time(acting=alice, worker=employed(cast, "Gaëlle"), time=wrong)
