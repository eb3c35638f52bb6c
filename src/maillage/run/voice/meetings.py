"""Meetings that workers ask for: supported by others, then fixed or declined with a sentence."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.voice.enums import Company, MeetingState, Reader
from maillage.run.voice.models import Meeting, MeetingSupport
from maillage.run.voice.refusals import VoiceError
from maillage.run.voice.telling import tell_roles, tell_worker

TOLD: Final = timedelta(days=60)  # how long a meeting that was declined is still shown


def meetings_of(network: Network) -> QuerySet[Meeting]:
    """Return the meetings asked for, those to come, those just declined; with how many wish each.

    For every worker of the group, the board and the animator.
    """
    rows = Meeting.objects.filter(worker__network=network)
    wanted = (
        Q(state=MeetingState.ASKED)
        | Q(state=MeetingState.FIXED, meets_at__gte=now())
        | Q(state=MeetingState.DECLINED, asked_at__gte=now() - TOLD)
    )
    return rows.filter(wanted).select_related("worker").annotate(wished=Count("supports"))


def meetings_seen_by(worker: Worker) -> QuerySet[Meeting]:
    """Return the meetings of the group, each with whether a worker wishes it (`mine`)."""
    mine = MeetingSupport.objects.filter(meeting=OuterRef("pk"), worker=worker)
    return meetings_of(worker.network).annotate(mine=Exists(mine))


@transaction.atomic
def ask_meeting(*, worker: Worker, company: Company, topic: str) -> Meeting:
    """Ask for a meeting; those who can fix it are told. Raises VoiceError."""
    topic = " ".join(topic.split())
    if not topic:
        raise VoiceError(_("Say in a few words what it is about."), "topic")
    meeting = Meeting.objects.create(worker=worker, company=company, topic=topic[:200])
    MeetingSupport.objects.create(meeting=meeting, worker=worker)
    tell_roles(
        worker.network,
        {Reader.BOARD, Reader.ANIMATOR},
        lambda: _("The workers ask for a meeting."),
        f"meetings/{meeting.public_id}/",
    )
    return meeting


@transaction.atomic
def support_meeting(*, worker: Worker, meeting: Meeting) -> None:
    """Wish a meeting that another one asked for."""
    if meeting.worker.network_id != worker.network_id:
        raise PermissionDenied
    MeetingSupport.objects.get_or_create(meeting=meeting, worker=worker)


def fix_meeting(
    *, acting: Acting, meeting: Meeting, meets_at: datetime, place: str, answer: str = ""
) -> Meeting:
    """Say when and where a meeting is; those who wish it are told. Raises VoiceError."""
    if meets_at <= now():
        raise VoiceError(_("Choose a moment to come."), "day")
    if not place.strip():
        raise VoiceError(_("Say where."), "place")
    fixed = {"meets_at": meets_at, "place": " ".join(place.split())[:200]}
    return _settle(acting, meeting, MeetingState.FIXED, answer, fixed)


def decline_meeting(*, acting: Acting, meeting: Meeting, answer: str) -> Meeting:
    """Decline a meeting and say why; a meeting among workers is theirs: it is never declined.

    Raises VoiceError.
    """
    if meeting.company == Company.COLLEAGUES:
        raise VoiceError(_("Workers meet when they like: find them a moment and a place."))
    if not answer.strip():
        raise VoiceError(_("Say why: those who asked read it."), "answer")
    return _settle(acting, meeting, MeetingState.DECLINED, answer, {})


@transaction.atomic
def _settle(
    acting: Acting, meeting: Meeting, state: MeetingState, answer: str, fixed: dict[str, object]
) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("worker__network")
    kept = rows.get(pk=meeting.pk)
    if acting.network != kept.worker.network or not acting.can("hear_workers"):
        raise PermissionDenied
    kept.state, kept.answer = state, " ".join(answer.split())[:300]
    for field, value in fixed.items():
        setattr(kept, field, value)
    kept.save(update_fields=["state", "answer", *fixed])
    record(
        actor_id=acting.person.public_id,
        act="settle_meeting",
        subject_type="Meeting",
        subject_id=kept.public_id,
        network_id=kept.worker.network.public_id,
        after={"state": state},
    )
    for support in kept.supports.select_related("worker__network"):
        tell_worker(support.worker, lambda: _("The meeting that you wish is answered"), "")
    return kept
