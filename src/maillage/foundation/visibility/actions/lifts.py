"""Two competitors agree to meet on one topic."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import Competition, CompetitionLift
from maillage.foundation.visibility.refusals import CompetitionError


@transaction.atomic
def propose_lift(*, acting: Acting, competition: Competition, topic: str) -> CompetitionLift:
    """Ask two competitors whether they would meet on one topic; neither learns who the other is.

    Raises CompetitionError when the pair has ended or the topic is already proposed.
    """
    topic = " ".join(topic.split())
    if not topic:
        raise CompetitionError(_("Say on which topic they could meet."), "topic")
    if competition.ended_at is not None or competition.confirmed_at is None:
        raise CompetitionError(_("These two are not recorded as competitors."))
    try:
        with transaction.atomic():
            lift = CompetitionLift.objects.create(
                competition=competition, topic=topic, proposed_by_id=acting.person.public_id
            )
    except IntegrityError:
        raise CompetitionError(_("This topic is already proposed to them."), "topic") from None
    _record(acting, lift, "propose lift")
    return lift


@transaction.atomic
def agree_to_lift(*, acting: Acting, lift: CompetitionLift, firm: Organisation) -> CompetitionLift:
    """One side says yes; the lift holds once both have. Raises CompetitionError."""
    side = _side(lift, firm)
    changed = CompetitionLift.objects.filter(
        Q(ended_at=None), pk=lift.pk, **{f"{side}_agreed_at": None}
    ).update(**{f"{side}_agreed_at": now()})
    if not changed:
        raise CompetitionError(_("This is no longer asked, or you answered it already."))
    _record(acting, lift, "agree to lift")
    lift.refresh_from_db()
    return lift


@transaction.atomic
def end_lift(*, acting: Acting, lift: CompetitionLift) -> None:
    """Refuse, take back or end; either side may, and the animator. Raises CompetitionError."""
    changed = CompetitionLift.objects.filter(pk=lift.pk, ended_at=None).update(ended_at=now())
    if not changed:
        raise CompetitionError(_("This has ended already."))
    _record(acting, lift, "end lift")


def _side(lift: CompetitionLift, firm: Organisation) -> str:
    if firm.pk == lift.competition.first_id:
        return "first"
    if firm.pk == lift.competition.second_id:
        return "second"
    raise CompetitionError(_("This is not asked of your firm."))


def _record(acting: Acting, lift: CompetitionLift, act: str) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="CompetitionLift",
        subject_id=lift.public_id,
        network_id=acting.network.public_id if acting.network else None,
        after={"topic": lift.topic},
    )
