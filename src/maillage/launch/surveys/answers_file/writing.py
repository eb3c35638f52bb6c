"""Receiving a file of answers, saying what its columns hold, applying it, undoing it.

Every row stays as it was received, whatever becomes of it.
"""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.definition import read
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.models import Answer, Response
from maillage.foundation.audit.actions import record
from maillage.foundation.files.received import receive_table
from maillage.foundation.files.tables import TableError
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.naming import NAMING
from maillage.launch.needs.actions import forget_harvest, state_harvest
from maillage.launch.surveys.actions import SurveyError
from maillage.launch.surveys.answers_file.columns import fields_of, is_known, recognise
from maillage.launch.surveys.answers_file.judging import Fate, Judged, judge
from maillage.launch.surveys.models import AnswersImport, Invitee, Survey
from maillage.launch.surveys.stating import harvest_of

MOST_ROWS: Final = 3_000
BATCH: Final = 500
State = AnswersImport.State


def receive(*, acting: Acting, survey: Survey, path: Path) -> AnswersImport:
    """Keep the rows of a table; nothing is in the survey yet. Raises SurveyError."""
    _refuse_others(acting)
    if survey.anonymous:
        raise SurveyError(_("Nobody can tell who answers this survey: a file would."), "file")
    definition = read(survey.version.content)
    try:
        table = receive_table(
            path, known_title=lambda title: is_known(title, definition), most_rows=MOST_ROWS
        )
    except TableError as error:
        raise SurveyError(str(error), "file") from error
    with transaction.atomic():
        source = AnswersImport.objects.create(
            survey=survey,
            file_name=path.name[:200],
            titles=table.titles,
            fields=recognise(table.titles, definition),
            rows=table.rows,
            started_by_id=acting.person.public_id,
        )
        _trail(acting, "receive", source, {"file": source.file_name, "rows": len(source.rows)})
    return source


@transaction.atomic
def choose_columns(*, acting: Acting, source: AnswersImport, fields: Sequence[str]) -> None:
    """Say what each column holds, "" for one that is not read. Raises SurveyError."""
    locked = _locked(acting, source)
    if locked.state != State.READY:
        raise SurveyError(_("This file was applied: its columns no longer change."))
    known = fields_of(read(locked.survey.version.content))
    if len(fields) != len(locked.titles) or not set(fields) <= {"", *known}:
        raise SurveyError(_("Choose what each column holds among the choices offered."))
    chosen = [one for one in fields if one]
    twice = next((one for one in chosen if chosen.count(one) > 1), "")
    if twice:
        raise SurveyError(
            _("Two columns hold “%(field)s”: choose one of them.") % {"field": known[twice]}
        )
    if not set(chosen) & set(NAMING):
        raise SurveyError(
            _("No column tells which firm answered: choose the one of the SIRET or of the name.")
        )
    locked.fields = list(fields)
    locked.save(update_fields=["fields"])


@transaction.atomic
def apply_answers(*, acting: Acting, source: AnswersImport) -> int:
    """Bring the answers into the survey, all or none; return how many firms.

    Applied again, it raises SurveyError and does nothing; so does another import of the same file.
    """
    locked = _locked(acting, source)
    if locked.state != State.READY:
        raise SurveyError(_("This file is applied already: nothing was done twice."))
    rows = [one for one in judge(locked) if one.fate == Fate.NEW]
    if not rows:
        raise SurveyError(_("There is no row to bring in."))
    try:
        with transaction.atomic():
            locked.made = _write(locked, rows, acting)
    except IntegrityError as error:
        raise SurveyError(_("A firm answered meanwhile: read the rows again.")) from error
    locked.state = State.APPLIED
    locked.save(update_fields=["state", "made"])
    _trail(acting, "apply", locked, {"firms": len(rows)})
    return len(rows)


def _write(source: AnswersImport, rows: Sequence[Judged], acting: Acting) -> list[object]:
    """Write the answers; return what undoing needs to know of each."""
    survey, moment = source.survey, now()
    responses = [
        Response(
            network=survey.network,
            version=survey.version,
            organisation_id=row.organisation,
            asked_in=survey.public_id,
            channel=AnswerChannel.IMPORT,
            entered_by_id=acting.person.public_id,
            started_at=_moment(row, moment),
            finished_at=_moment(row, moment),
        )
        for row in rows
    ]
    Response.objects.bulk_create(responses, batch_size=BATCH)
    Answer.objects.bulk_create(
        (
            Answer(response=response, question=key, value=value)
            for response, row in zip(responses, rows, strict=True)
            for key, value in row.values.items()
        ),
        batch_size=BATCH,
    )
    _state_needs(survey, responses, rows)
    invited: dict[int | None, Invitee] = {
        one.organisation_id: one for one in Invitee.objects.filter(survey=survey)
    }
    new = []
    for response in responses:
        invitee = invited.get(response.organisation_id)
        if invitee is None:
            new.append(
                Invitee(
                    survey=survey,
                    organisation=response.organisation,
                    wave=survey.wave,
                    response=response,
                )
            )
        else:
            invitee.response, invitee.refused_at, invitee.refused_because = response, None, ""
    known = [one for one in invited.values() if one.response in set(responses)]
    Invitee.objects.bulk_create(new, batch_size=BATCH)
    Invitee.objects.bulk_update(
        known, ["response", "refused_at", "refused_because"], batch_size=BATCH
    )
    added = {one.organisation_id for one in new}
    return [
        {
            "line": row.line,
            "response": str(response.public_id),
            "values": row.values,
            "asked": row.organisation in added,
        }
        for row, response in zip(rows, responses, strict=True)
    ]


def _state_needs(survey: Survey, responses: Sequence[Response], rows: Sequence[Judged]) -> None:
    definition = read(survey.version.content)
    state_harvest(
        network=survey.network,
        harvests=[
            harvest_of(response, definition, row.values)
            for response, row in zip(responses, rows, strict=True)
        ],
    )


def _moment(row: Judged, moment: datetime) -> datetime:
    if row.day is None:
        return moment
    return datetime.combine(row.day, time(12), tzinfo=get_current_timezone())


@transaction.atomic
def undo_answers(*, acting: Acting, source: AnswersImport) -> tuple[int, int]:
    """Take the answers out again, but those changed since; return how many went, how many stay.

    Raises SurveyError when the file is not applied.
    """
    locked = _locked(acting, source)
    if locked.state != State.APPLIED:
        raise SurveyError(_("There is nothing to undo: this file is not applied."))
    made = {one["response"]: one for one in locked.made}
    responses = {
        str(one.public_id): one for one in Response.objects.filter(public_id__in=list(made))
    }
    held: dict[int, dict[str, object]] = {one.pk: {} for one in responses.values()}
    rows = Answer.objects.filter(response__in=held).values_list("response_id", "question", "value")
    for pk, key, value in rows:
        held[pk][key] = value
    gone = [one for key, one in responses.items() if held[one.pk] == made[key]["values"]]
    added = [one.pk for one in gone if made[str(one.public_id)]["asked"]]
    Invitee.objects.filter(
        survey=locked.survey, response__in=added, written_at=None, refused_at=None, link=1
    ).delete()
    forget_harvest(network=locked.survey.network, came_from=[one.public_id for one in gone])
    Response.objects.filter(pk__in=[one.pk for one in gone]).delete()
    locked.state = State.UNDONE
    locked.save(update_fields=["state"])
    stay = len(responses) - len(gone)
    _trail(acting, "undo", locked, {"gone": len(gone), "stay": stay})
    return len(gone), stay


@transaction.atomic
def discard(*, acting: Acting, source: AnswersImport) -> None:
    """Forget a file that was not applied; raises SurveyError for one that was."""
    locked = _locked(acting, source)
    if locked.state != State.READY:
        raise SurveyError(_("This file was applied: it is kept."))
    _trail(acting, "discard", locked, {"file": locked.file_name})
    locked.delete()


def _locked(acting: Acting, source: AnswersImport) -> AnswersImport:
    _refuse_others(acting)
    # The survey first: two files of the same firms are applied one after the other.
    Survey.objects.select_for_update().filter(pk=source.survey_id).first()
    found = (
        AnswersImport.objects.select_for_update(of=("self",))
        .select_related("survey__network", "survey__version")
        .filter(pk=source.pk)
        .first()
    )
    if found is None:
        raise SurveyError(_("This file is no longer there: somebody discarded it."))
    return found


def _refuse_others(acting: Acting) -> None:
    if not acting.can("run_surveys"):
        raise SurveyError(_("Your role does not let you bring answers in."))


def _trail(acting: Acting, act: str, source: AnswersImport, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="AnswersImport",
        subject_id=source.public_id,
        network_id=acting.network.public_id if acting.network else None,
        after=after,
    )
