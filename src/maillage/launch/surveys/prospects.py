"""The firms behind a figure: those that answered so and agreed to be called about it."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from maillage.bricks.questionnaires.definition import Question, read
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.models import Answer, Response
from maillage.launch.surveys.models import Survey

CONTACT: Final = "contact"  # what feeds the consent of a prospect (`Question.feeds`)
YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Prospects:
    """Who answered so and may be called; `silent` more answered so and may not."""

    responses: QuerySet[Response]
    silent: int


def prospects_of(survey: Survey, question: Question, choice: str) -> Prospects:
    """Return the firms that gave an answer, for whoever runs the survey.

    A survey that does not ask whether one may be called has no prospects.
    """
    contact = next(
        (one for one in read(survey.version.content).questions if one.feeds == CONTACT), None
    )
    said_so = Response.objects.filter(
        Exists(_answers(question.key, choice)),
        asked_in=survey.public_id,
        finished_at__isnull=False,
        organisation__isnull=False,
    )
    if contact is None:
        return Prospects(Response.objects.none(), said_so.count())
    agreed = said_so.filter(Exists(_answers(contact.key, YES)))
    return Prospects(
        agreed.select_related("organisation").order_by("organisation__folded_name"),
        said_so.count() - agreed.count(),
    )


def has_prospects(question: Question) -> bool:
    """Whether the firms behind an answer to this question can be listed."""
    return question.kind == Kind.CHOICE and question.feeds != CONTACT


def _answers(key: str, value: str) -> QuerySet[Answer]:
    return Answer.objects.filter(response=OuterRef("pk"), question=key, value=value)
