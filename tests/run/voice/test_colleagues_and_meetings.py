"""Colleagues who show themselves see each other; meetings are asked for, supported, fixed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from maillage.foundation.notify.models import Notification, OutgoingMail
from maillage.run.employment.enums import EndReason
from maillage.run.employment.models import EmploymentContract
from maillage.run.voice.colleagues import colleagues_of, hide_oneself, show_oneself
from maillage.run.voice.enums import Company, MeetingState
from maillage.run.voice.meetings import (
    ask_meeting,
    decline_meeting,
    fix_meeting,
    meetings_of,
    support_meeting,
)
from maillage.run.voice.models import Meeting
from maillage.run.voice.refusals import VoiceError
from tests.cast import Cast, acting, cast_of, inside
from tests.run.employment.hired import contract_of, employed, worker_named


def test_those_who_show_themselves_see_each_other(cast: Cast) -> None:
    with inside(cast.network):
        gaelle, hugo, ines = (employed(cast, name) for name in ("Gaëlle", "Hugo", "Inès"))
        show_oneself(worker=gaelle, says=" I live  in Mer. ", reach="06 00 00 00 00")
        assert colleagues_of(hugo) == []
        show_oneself(worker=hugo)
        [seen] = colleagues_of(hugo)
        assert (seen.worker, seen.says) == (gaelle, "I live in Mer.")
        assert colleagues_of(ines) == []
        hide_oneself(worker=gaelle)
        assert colleagues_of(hugo) == []
        assert colleagues_of(gaelle) == []


def test_who_has_left_is_not_shown_any_more(cast: Cast) -> None:
    with inside(cast.network):
        gaelle, hugo = employed(cast, "Gaëlle"), employed(cast, "Hugo")
        show_oneself(worker=gaelle)
        show_oneself(worker=hugo)
        yesterday = localdate() - timedelta(days=1)
        EmploymentContract.objects.filter(worker=gaelle).update(
            ended_on=yesterday, end_reason=EndReason.RESIGNED
        )
        assert colleagues_of(hugo) == []


def test_a_meeting_is_supported_then_fixed_and_those_who_wish_it_are_told(cast: Cast) -> None:
    alice, soon = acting(cast.alice, cast.network), now() + timedelta(days=7)
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        hugo = worker_named(cast, "Hugo", email="hugo@example.org")
        contract_of(hugo)
        meeting = ask_meeting(worker=gaelle, company=Company.BOARD, topic="Travel costs")
        support_meeting(worker=hugo, meeting=meeting)
        support_meeting(worker=hugo, meeting=meeting)
        assert meetings_of(cast.network).get().wished == 2  # type: ignore[attr-defined]  # counted
        assert Notification.objects.get(person=cast.alice).title == "The workers ask for a meeting."
        fix_meeting(acting=alice, meeting=meeting, meets_at=soon, place="Mairie de Mer")
        kept = Meeting.objects.get()
        assert (kept.state, kept.meets_at, kept.place) == (
            MeetingState.FIXED,
            soon,
            "Mairie de Mer",
        )
        assert OutgoingMail.objects.get().to == "hugo@example.org"


def test_a_meeting_among_workers_is_never_declined(cast: Cast) -> None:
    alice, bob = acting(cast.alice, cast.network), acting(cast.bob, cast.network)
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        theirs = ask_meeting(worker=gaelle, company=Company.COLLEAGUES, topic="Us")
        other = ask_meeting(worker=gaelle, company=Company.ANIMATOR, topic="Plans")
        with pytest.raises(VoiceError, match="Workers meet when they like"):
            decline_meeting(acting=alice, meeting=theirs, answer="No.")
        with pytest.raises(VoiceError, match="Say why"):
            decline_meeting(acting=alice, meeting=other, answer=" ")
        with pytest.raises(VoiceError, match="a moment to come"):
            fix_meeting(acting=alice, meeting=other, meets_at=now(), place="Here")
        assert decline_meeting(acting=alice, meeting=other, answer="Call me.").state == "declined"
        # Those who asked still read the answer, for a time.
        assert {one.topic for one in meetings_of(cast.network)} == {"Us", "Plans"}
        Meeting.objects.update(asked_at=now() - timedelta(days=61))
        assert {one.topic for one in meetings_of(cast.network)} == {"Us"}
        with pytest.raises(PermissionDenied):
            decline_meeting(acting=bob, meeting=other, answer="No.")


def test_a_worker_of_another_group_supports_nothing(cast: Cast) -> None:
    other = cast_of("autre-reseau")
    with inside(other.network):
        stranger = employed(other, "Zoé")
    with inside(cast.network):
        meeting = ask_meeting(
            worker=employed(cast, "Gaëlle"), company=Company.COLLEAGUES, topic="Us"
        )
        with pytest.raises(PermissionDenied):
            support_meeting(worker=stranger, meeting=meeting)
