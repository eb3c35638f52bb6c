"""Writing to the firms that have not answered: who would be written to, who not and why.

A reminder is a mail to a firm like any other: it keeps within the contacts that the firm accepts.
A firm that would rather not answer is never written to again, and none is written to twice within
some days, so that a second click or a run that begins again sends nothing more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.enums import ALIVE
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import roles_held, usual_ceiling
from maillage.foundation.notify.pressure import Pressure, PressureError
from maillage.foundation.notify.rounds import pressures_of
from maillage.foundation.notify.sending import SendingError
from maillage.foundation.organisations.addressing import firm_addresses
from maillage.launch.surveys.actions import SurveyError, refuse_shut, write_link
from maillage.launch.surveys.models import Invitee, Survey

REMIND: Final = "surveys.remind"
RESPITE: Final = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Planned:
    """A firm that has not answered; `why_not` is empty when it would be written to."""

    invitee: Invitee
    why_not: str

    @property
    def first(self) -> bool:
        """Whether it was never written to about this survey."""
        return self.invitee.written_at is None


@dataclass(slots=True)
class Sent:
    """What became of a round: firms written to, firms left alone."""

    written: int = 0
    left: int = 0


def plan_of(survey: Survey, network: Network, *, wave: int | None = None) -> list[Planned]:
    """Return the firms that have not answered, of a wave or of all, for whoever runs the survey.

    Five queries, whatever their number.
    """
    invitees = list(_silent(survey, wave).order_by("organisation__folded_name", "pk"))
    addresses = firm_addresses(one.organisation_id for one in invitees)
    pressures = pressures_of(addresses.values(), usual=usual_ceiling(network))
    return [
        Planned(
            one,
            _why_not(
                one,
                email=addresses[one.organisation_id].email,
                pressure=pressures[one.organisation.public_id],
            ),
        )
        for one in invitees
    ]


def _silent(survey: Survey, wave: int | None) -> QuerySet[Invitee]:
    found = Invitee.objects.filter(
        Q(response=None) | Q(response__finished_at=None), survey=survey
    ).select_related("organisation")
    return found if wave is None else found.filter(wave=wave)


def _why_not(invitee: Invitee, *, email: str, pressure: Pressure) -> str:
    if invitee.refused_at is not None:
        return _("It would rather not answer: it is asked no more.")
    if invitee.organisation.closed_on is not None:
        return _("It has closed.")
    if _just_written(invitee):
        return _("It was written to less than %(days)s days ago.") % {"days": RESPITE.days}
    if not email:
        return _("It has no e-mail address: telephone, write or visit instead.")
    return pressure.sentence() if pressure.is_blocked else ""


def _just_written(invitee: Invitee) -> bool:
    return invitee.written_at is not None and invitee.written_at > now() - RESPITE


def alive_round(survey: Survey) -> Run | None:
    """Return the round of mails that waits or is in progress for a survey, if any."""
    return Run.objects.filter(
        kind=REMIND, state__in=ALIVE, arguments__survey_id=str(survey.public_id)
    ).first()


@transaction.atomic
def start_round(*, acting: Acting, survey: Survey, wave: int | None = None) -> Run:
    """Start writing to the firms that have not answered; returns the round that is under way.

    Raises SurveyError.
    """
    if not acting.can("run_surveys") or acting.network is None:
        raise SurveyError(_("Your role does not let you write to these firms."))
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    refuse_shut(locked)
    if locked.anonymous:
        raise SurveyError(_("An anonymous survey knows no firm to write to: show its link to all."))
    if (run := alive_round(locked)) is not None:
        return run
    if not any(not one.why_not for one in plan_of(locked, acting.network, wave=wave)):
        raise SurveyError(_("There is no firm to write to today."))
    return start_run(
        kind=REMIND,
        owner_id=acting.person.public_id,
        network_id=acting.network.public_id,
        title=lambda: _("Mails about the survey “%(title)s”") % {"title": locked.title},
        arguments={"survey_id": str(locked.public_id), "wave": wave},
    )


def write_round(
    *, survey: Survey, network: Network, owner_id: UUID, wave: int | None, run: RunHandle
) -> Sent:
    """Write to the firms that have not answered, one at a time; each is judged again just before.

    Raises SurveyError when whoever started it may no longer write to firms.
    """
    acting = _sender(owner_id, network)
    ids = [one.invitee.pk for one in plan_of(survey, network, wave=wave) if not one.why_not]
    sent = Sent()
    for done, pk in enumerate(ids):
        run.progress(done, len(ids), lambda: _("Writing to the firms."))
        if _write(acting, pk, run):
            sent.written += 1
        else:
            sent.left += 1
    run.progress(len(ids), len(ids))
    return sent


def _write(acting: Acting, pk: int, run: RunHandle) -> bool:
    """Write to one firm; False when it answered, refused or was written to meanwhile."""
    with transaction.atomic():
        run.hold()
        Invitee.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        invitee = Invitee.objects.select_related("response", "survey").filter(pk=pk).first()
        if invitee is None or _just_written(invitee):
            return False
        try:
            with transaction.atomic():
                write_link(acting=acting, invitee=invitee)
        except (SurveyError, PressureError, SendingError):
            return False  # the page of the survey says why, firm by firm
    return True


def _sender(owner_id: UUID, network: Network) -> Acting:
    person = Person.objects.get(public_id=owner_id)
    roles = roles_held(person)
    for role in roles:
        if role.network == network and "run_surveys" in role.permissions:
            return Acting(person, roles, role)
    raise SurveyError(_("Your role does not let you write to these firms."))


def counted(plan: Iterable[Planned]) -> tuple[int, int]:
    """Return how many firms would be written to, and how many not."""
    every = list(plan)
    written = sum(not one.why_not for one in every)
    return written, len(every) - written
