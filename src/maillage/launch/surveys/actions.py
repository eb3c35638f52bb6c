"""Opening a survey, choosing whom it asks, answering it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.bricks.questionnaires.actions import (
    begin_response,
    finish_response,
    keep_answer,
    version_to_ask,
)
from maillage.bricks.questionnaires.definition import Value, read, said
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.models import Response
from maillage.foundation.audit.actions import Values, record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.sending import send_to_firm
from maillage.foundation.organisations.addressing import firm_address
from maillage.launch.surveys.links import path_of
from maillage.launch.surveys.models import Invitee, Survey
from maillage.launch.surveys.stating import state_needs_of

LONGEST = timedelta(days=366)


class SurveyError(Exception):
    """Something that cannot be done with a survey: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def open_survey(
    *,
    acting: Acting,
    questions: str,
    title: str,
    opens_on: date,
    closes_on: date | None,
    anonymous: bool = False,
) -> Survey:
    """Open a survey; firms are asked afterwards.

    `questions` is a questionnaire that comes with Maillage, by its key, or one of the network's own
    by its id: what it asks today is what the survey asks until its end.

    Raises SurveyError, QuestionnaireError.
    """
    network = _network(acting)
    if closes_on is not None:
        _refuse_last_day(opens_on, closes_on)
    survey = Survey.objects.create(
        network=network,
        title=" ".join(title.split()),
        version=version_to_ask(network=network, chosen=questions),
        anonymous=anonymous,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    _trail(acting, "open", survey, after={"title": survey.title, "anonymous": anonymous})
    return survey


@transaction.atomic
def ask_firms(*, acting: Acting, survey: Survey, organisation_ids: Iterable[int]) -> int:
    """Add firms of the directory to those that are asked; return how many are new.

    Nothing is sent yet. Firms added after the first day of answers make a new wave. Raises
    SurveyError for an anonymous survey, which has no list of firms.
    """
    network = _network(acting)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.anonymous:
        raise SurveyError(_("An anonymous survey has no list of firms: show its link to all."))
    _refuse_closed(survey)
    wanted = set(
        Membership.objects.filter(
            network=network, organisation_id__in=list(organisation_ids)
        ).values_list("organisation_id", flat=True)
    )
    new = wanted - set(
        Invitee.objects.filter(survey=survey).values_list("organisation_id", flat=True)
    )
    if not new:
        return 0
    if Response.objects.filter(asked_in=survey.public_id).exists():
        survey.wave = survey.wave + 1
        survey.save(update_fields=["wave"])
    Invitee.objects.bulk_create(
        [Invitee(survey=survey, organisation_id=firm, wave=survey.wave) for firm in sorted(new)],
        batch_size=500,
    )
    _trail(acting, "ask", survey, after={"firms": len(new), "wave": survey.wave})
    return len(new)


@transaction.atomic
def change_last_day(*, acting: Acting, survey: Survey, closes_on: date) -> Survey:
    """Choose the last day of a survey: today ends it tonight, a later one opens it again."""
    _network(acting)
    _refuse_last_day(survey.opens_on, closes_on)
    before = {"closes_on": survey.closes_on and survey.closes_on.isoformat()}
    survey.closes_on = closes_on
    survey.save(update_fields=["closes_on"])
    _trail(acting, "change", survey, before=before, after={"closes_on": closes_on.isoformat()})
    return survey


@transaction.atomic
def note_refusal(*, acting: Acting, invitee: Invitee, because: str) -> None:
    """Write down that a firm would rather not answer: it is asked no more."""
    _network(acting)
    if invitee.response is not None and invitee.response.finished_at is not None:
        raise SurveyError(_("This firm has answered."))
    invitee.refused_at, invitee.refused_because = now(), " ".join(because.split())
    invitee.save(update_fields=["refused_at", "refused_because"])
    _trail(acting, "note refusal", invitee)


@transaction.atomic
def new_link(*, acting: Acting, invitee: Invitee) -> None:
    """Make another personal link for a firm; those before no longer work."""
    _network(acting)
    invitee.link += 1
    invitee.save(update_fields=["link"])
    _trail(acting, "renew link", invitee)


@transaction.atomic
def write_link(*, acting: Acting, invitee: Invitee) -> None:
    """Send a firm its personal link by mail, within what it accepts of contacts.

    Raises SurveyError, PressureError, SendingError.
    """
    network = _network(acting)
    survey = invitee.survey
    refuse_shut(survey)
    if invitee.refused_at is not None:
        raise SurveyError(_("This firm would rather not answer: it is asked no more."))
    if invitee.response is not None and invitee.response.finished_at is not None:
        raise SurveyError(_("This firm has answered."))
    definition = read(survey.version.content)
    with override(settings.LANGUAGE_CODE):  # what firms read comes in the site's own language
        send_to_firm(
            firm=firm_address(invitee.organisation_id),
            sender=acting.person,
            body_name=acting.body_name,
            network_id=network.public_id,
            subject=_subject(said(definition.title), again=invitee.written_at is not None),
            text=said(definition.intro),
            path=path_of(invitee),
            usual=usual_ceiling(network),
        )
    invitee.written_at = now()
    invitee.save(update_fields=["written_at"])


@transaction.atomic
def begin(
    *,
    survey: Survey,
    invitee: Invitee | None,
    channel: AnswerChannel = AnswerChannel.WEB,
    entered_by_id: UUID | None = None,
) -> Response:
    """Begin to answer, or go on; a firm that had refused may change its mind. Raises SurveyError.

    Of anonymous answers only the day is kept, so that the log of the server names nobody.
    """
    refuse_shut(survey)
    organisation = invitee.organisation if invitee is not None else None
    response = begin_response(
        version=survey.version,
        asked_in=survey.public_id,
        organisation=organisation,
        channel=channel,
        at=_moment(survey),
        entered_by_id=entered_by_id,
    )
    if invitee is not None and invitee.response_id != response.pk:
        invitee.response, invitee.refused_at, invitee.refused_because = response, None, ""
        invitee.save(update_fields=["response", "refused_at", "refused_because"])
    return response


@transaction.atomic
def answer(*, survey: Survey, response: Response, question: str, value: Value | None) -> None:
    """Keep one answer; raises SurveyError when the survey has ended."""
    refuse_shut(survey)
    keep_answer(response=response, question=question, value=value)


@transaction.atomic
def finish(*, survey: Survey, response: Response) -> None:
    """End the answers of a firm, and state the needs they speak of. Raises SurveyError.

    Sent twice, they end once; sent again after a correction, the needs follow.

    The trail says nothing of an anonymous answer: its line would keep the hour.
    """
    refuse_shut(survey)
    first = finish_response(response=response, at=_moment(survey))
    state_needs_of(survey=survey, response=response)
    if first and not survey.anonymous:
        record(
            actor_id=response.entered_by_id,
            act="answer",
            subject_type="Survey",
            subject_id=survey.public_id,
            network_id=survey.network.public_id,
            after={"channel": response.channel},
        )


def is_open(survey: Survey, day: date | None = None) -> bool:
    """Whether a survey takes answers on a day, today when none is given."""
    day = day or localdate()
    return survey.opens_on <= day and (survey.closes_on is None or day <= survey.closes_on)


def refuse_shut(survey: Survey) -> None:
    """Raise SurveyError when a survey takes no answers today."""
    if localdate() < survey.opens_on:
        raise SurveyError(_("This survey has not opened yet."))
    _refuse_closed(survey)


def has_ended(survey: Survey) -> bool:
    """Whether the last day of a survey is past."""
    return survey.closes_on is not None and survey.closes_on < localdate()


def _refuse_last_day(opens_on: date, closes_on: date) -> None:
    if closes_on < localdate():
        raise SurveyError(_("The last day is past: choose another."), "closes_on")
    if closes_on < opens_on:
        raise SurveyError(_("The survey would end before it opens."), "closes_on")
    if closes_on - opens_on > LONGEST:
        raise SurveyError(_("A survey lasts a year at most."), "closes_on")


def _refuse_closed(survey: Survey) -> None:
    if has_ended(survey):
        raise SurveyError(_("This survey has ended: it takes no more answers."))


def _subject(title: str, *, again: bool) -> str:
    return _("Reminder – %(title)s") % {"title": title} if again else title


def _moment(survey: Survey) -> datetime:
    if not survey.anonymous:
        return now()
    return datetime.combine(localtime().date(), time.min, tzinfo=get_current_timezone())


def _network(acting: Acting) -> Network:
    if acting.network is None or not acting.can("run_surveys"):
        raise PermissionDenied
    return acting.network


def _trail(
    acting: Acting,
    act: str,
    subject: Survey | Invitee,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type=type(subject).__name__,
        subject_id=subject.public_id,
        network_id=acting.network.public_id if acting.network else None,
        before=before,
        after=after,
    )
