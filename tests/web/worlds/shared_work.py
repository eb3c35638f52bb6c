"""Shared work in the world of the pages: people employed, their leave and papers, its figures."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.timezone import localdate, now

from maillage.bricks.indicators.actions import keep_values, write_plan
from maillage.bricks.indicators.models import Alert
from maillage.foundation.networks.models import Task
from maillage.foundation.notify.models import Notification
from maillage.run.employment.certificates import Paper, add_authorisation, add_certificate
from maillage.run.employment.enums import (
    AbsenceKind,
    ContractKind,
    DocumentRule,
    LeaveKind,
    WeeklyKind,
)
from maillage.run.employment.leaving import Wish, ask_leave
from maillage.run.employment.links import page_token
from maillage.run.employment.models import Absence, WeeklyTime, Worker
from maillage.run.voice.colleagues import show_oneself
from maillage.run.voice.enums import Audience, Company
from maillage.run.voice.grievances import say_grievance
from maillage.run.voice.meetings import ask_meeting
from maillage.run.voice.models import Delegate
from tests.cast import Cast, acting, inside
from tests.run.employment.hired import contract_of, employed, lent, worker_named
from tests.run.planning.placed import works

PDF = b"%PDF-1.7\nConsent\n%%EOF"


def shared_work(cast: Cast) -> Mapping[str, str]:
    """Let everything of shared work happen once; return what addresses may name."""
    today = localdate()
    with inside(cast.network):
        gaelle = worker_named(cast, "Gaëlle", email="gaelle@metiers-partages.example")
        contract = contract_of(gaelle, today - timedelta(days=400), annual_minutes=1607 * 60)
        lent(contract, cast.bakery)
        end = today + timedelta(days=40)
        hugo = employed(
            cast, "Hugo", today - timedelta(days=20), kind=ContractKind.SEASONAL, ends_on=end
        )
        _past_a_threshold(cast)
        named = {
            "indicator": "short_share",
            "worker with papers": str(gaelle.public_id),
            "kind of paper": "authorisation",
            **_away(cast, gaelle, hugo),
            **_voice(gaelle, hugo),
        }
        # Told in the language of whoever is told, not in that of the page.
        Notification.objects.filter(url__contains="/voice/").delete()
        return named


def _past_a_threshold(cast: Cast) -> None:
    keep_values(network=cast.network, day=localdate())
    alert = Alert.objects.get(key="short_share", cleared_on=None)
    alice = acting(cast.alice, cast.network)
    write_plan(acting=alice, alert=alert, plan="Deux emplois permanents avant l’été.")
    # A task in the list would be tried where the tests expect the one of the network.
    Task.objects.filter(alerts__isnull=False).delete()


def _voice(gaelle: Worker, hugo: Worker) -> Mapping[str, str]:
    delegate = Delegate.objects.create(worker=hugo, starts_on=localdate())
    show_oneself(worker=gaelle, says="De Mer")
    show_oneself(worker=hugo)
    grievance = say_grievance(
        worker=gaelle, audience=Audience.EVERYBODY, subject="Horaires", text="Dits trop tard."
    )
    meeting = ask_meeting(worker=hugo, company=Company.BOARD, topic="Trajets")
    return {
        "token of a worker": page_token(gaelle),
        "delegate": str(delegate.public_id),
        "grievance": str(grievance.public_id),
        "meeting": str(meeting.public_id),
    }


def _away(cast: Cast, gaelle: Worker, hugo: Worker) -> Mapping[str, str]:
    alice, today = acting(cast.alice, cast.network), localdate()
    first = today + timedelta(days=10)
    works(cast, gaelle, cast.bakery, first)
    wish = Wish(kind=LeaveKind.PAID, starts_on=first, ends_on=first + timedelta(days=2))
    leave = ask_leave(worker=gaelle, wish=wish, acting=alice)
    absence = Absence.objects.create(
        worker=hugo,
        kind=AbsenceKind.ACCIDENT,
        starts_at=now() - timedelta(days=1),
        organisation=cast.garage,
        said_by="Hugo",
    )
    soon = today + timedelta(days=30)
    add_certificate(acting=alice, worker=gaelle, title="CACES R489", expires_on=soon)
    WeeklyTime.objects.create(
        worker=gaelle,
        kind=WeeklyKind.OUTSIDE_JOB,
        weekday=5,
        start_minute=360,
        end_minute=600,
        starts_on=today,
    )
    paper = Paper(rule=DocumentRule.NIGHT, title="Accord écrit", starts_on=today, content=PDF)
    kept = add_authorisation(acting=alice, worker=gaelle, paper=paper)
    return {
        "leave": str(leave.public_id),
        "absence": str(absence.public_id),
        "authorisation": str(kept.public_id),
    }
