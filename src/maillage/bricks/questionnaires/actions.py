"""Choosing what to ask, and answering it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.definition import Value, read, said
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.models import (
    Answer,
    Questionnaire,
    QuestionnaireVersion,
    Response,
)
from maillage.bricks.questionnaires.presets import contents
from maillage.bricks.questionnaires.queries import askable, values_of
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation


class QuestionnaireError(Exception):
    """A questionnaire that cannot be asked or answered: a sentence says why."""


def version_to_ask(*, network: Network, chosen: str) -> QuestionnaireVersion:
    """Return what a new survey asks: `chosen` is a preset, or one of the network's own by its id.

    Raises QuestionnaireError when there is no such questionnaire, or it was never published.
    """
    if chosen in contents():
        return copy_preset(network=network, preset=chosen)
    own = next((one for one in askable() if str(one.questionnaire.public_id) == chosen), None)
    if own is None:
        raise QuestionnaireError(_("Choose a questionnaire in the list."))
    return own


@transaction.atomic
def copy_preset(*, network: Network, preset: str) -> QuestionnaireVersion:
    """Return one of the questionnaires that come with Maillage, as it came, to be asked here.

    It is copied once, and again as another version when Maillage brought another one since. Raises
    QuestionnaireError when there is no such questionnaire.
    """
    if preset not in contents():
        raise QuestionnaireError(_("Choose a questionnaire in the list."))
    content = contents()[preset]
    known = (
        QuestionnaireVersion.objects.filter(
            questionnaire__preset=preset, published_at__isnull=False
        )
        .select_related("questionnaire")
        .order_by("-number")
        .first()
    )
    if known is not None and known.content == content:
        return known
    questionnaire = (
        known.questionnaire
        if known is not None
        else Questionnaire.objects.create(
            network=network, title=said(read(content).title), preset=preset
        )
    )
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=known.number + 1 if known is not None else 1,
        content=content,
        published_at=now(),
    )


def begin_response(
    *,
    version: QuestionnaireVersion,
    asked_in: UUID,
    organisation: Organisation | None,
    channel: AnswerChannel,
    at: datetime,
    entered_by_id: UUID | None = None,
) -> Response:
    """Return the answers of a firm to what asks, begun now unless they were before.

    Without a firm, new answers begin each time. Raises QuestionnaireError for a draft.
    """
    if version.published_at is None:
        raise QuestionnaireError(_("This version is not published yet."))
    fresh: dict[str, Any] = {
        "version": version,
        "channel": channel,
        "started_at": at,
        "entered_by_id": entered_by_id,
    }
    network_id = version.questionnaire.network_id
    if organisation is None:
        return Response.objects.create(network_id=network_id, asked_in=asked_in, **fresh)
    response, _new = Response.objects.get_or_create(
        network_id=network_id, asked_in=asked_in, organisation=organisation, defaults=fresh
    )
    return response


def keep_answer(*, response: Response, question: str, value: Value | None) -> None:
    """Keep an answer in the place of the one before; None takes it back.

    Sent twice, it is kept once. What was finished before counts at once: answers to questions that
    it no longer leads to are dropped.
    """
    if value is None:
        Answer.objects.filter(response=response, question=question).delete()
    else:
        Answer.objects.update_or_create(
            response=response, question=question, defaults={"value": value}
        )
    if response.finished_at is not None:
        _drop_unasked(response)


@transaction.atomic
def finish_response(*, response: Response, at: datetime) -> bool:
    """Finish; return whether it was not before. Answers to questions no longer asked are dropped.

    A firm that changes its first answers is not counted on questions it no longer sees.
    """
    _drop_unasked(response)
    changed = Response.objects.filter(pk=response.pk, finished_at=None).update(finished_at=at)
    if changed:
        response.finished_at = at
    return bool(changed)


def _drop_unasked(response: Response) -> None:
    definition = read(response.version.content)
    asked = [question.key for question in definition.asked(values_of(response))]
    Answer.objects.filter(response=response).exclude(question__in=asked).delete()
